// A box to sign in: strokes go as whole numbers into the form's hidden field. Without it, other ways remain.

function signIn(part) {
  const box = part.querySelector("canvas");
  const kept = part.closest("form").elements.namedItem("strokes");
  const pen = box.getContext("2d");
  let strokes = [];
  let stroke = null;

  const at = (event) => {
    const edge = box.getBoundingClientRect();
    const inside = (value, most) => Math.max(0, Math.min(most, Math.round(value)));
    return [
      inside(((event.clientX - edge.left) / edge.width) * box.width, box.width),
      inside(((event.clientY - edge.top) / edge.height) * box.height, box.height),
    ];
  };

  function draw() {
    pen.clearRect(0, 0, box.width, box.height);
    pen.lineWidth = 3;
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = getComputedStyle(box).color;
    for (const points of strokes) {
      pen.beginPath();
      pen.moveTo(points[0], points[1]);
      for (let i = 0; i < points.length; i += 2) pen.lineTo(points[i], points[i + 1]);
      pen.stroke();
    }
  }

  function keep() {
    kept.value = strokes.length ? JSON.stringify(strokes) : "";
    draw();
  }

  box.addEventListener("pointerdown", (event) => {
    box.setPointerCapture(event.pointerId);
    stroke = at(event);
    stroke.push(...stroke);
    strokes.push(stroke);
    draw();
  });
  box.addEventListener("pointermove", (event) => {
    if (!stroke) return;
    const [x, y] = at(event);
    const [lastX, lastY] = stroke.slice(-2);
    if (Math.abs(x - lastX) + Math.abs(y - lastY) < 4) return;
    stroke.push(x, y);
    draw();
  });
  for (const ended of ["pointerup", "pointercancel"]) {
    box.addEventListener(ended, () => {
      stroke = null;
      keep();
    });
  }
  part.querySelector("[data-sign-clear]").addEventListener("click", () => {
    strokes = [];
    keep();
  });
  try {
    strokes = JSON.parse(kept.value || "[]");
    draw();
  } catch {
    strokes = [];
  }
  part.hidden = false;
}

export function signHere() {
  for (const part of document.querySelectorAll("[data-sign]")) signIn(part);
}
