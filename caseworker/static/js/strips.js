// On a phone the menu and the parts of a case are drawn sideways: begin where one is.

export function showWhereOneIs() {
  for (const strip of document.querySelectorAll(".cw-nav__list, .cw-subnav__list")) {
    const here = strip.querySelector("[aria-current]");
    if (!here || strip.scrollWidth <= strip.clientWidth) continue;
    strip.scrollLeft += here.getBoundingClientRect().left - strip.getBoundingClientRect().left - 48;
  }
}
