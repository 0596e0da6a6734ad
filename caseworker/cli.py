"""The `caseworker` command. Each command's module is imported when it is called, so that serving the
web or asking for the version waits neither for data frames nor for PDF.

To add one: write a click command (decorated with `flask.cli.with_appcontext` when it works on the
database) and name it in COMMANDS with the words `caseworker --help` shows.
"""

import os
import sys
from importlib import import_module
from importlib.metadata import version
from typing import IO

import click
from flask import Flask
from flask.cli import ScriptInfo

from caseworker.core.errors import SettingsWrong

# name -> (module:attribute, words for the list of commands), in the order of the list.
COMMANDS = {
    "setup": ("caseworker.commands.installing:setup", "Make the data folder, key, tables and first user"),
    "migrate": ("caseworker.commands.installing:migrate", "Bring the database's tables to this version"),
    "serve": ("caseworker.commands.serving:serve", "Serve the pages"),
    "demo": ("caseworker.demo.command:demo", "Make the demonstration of invented people and serve it"),
    "user": ("caseworker.commands.users:user", "Add people who sign in, and help them back in"),
    "wording": ("caseworker.commands.wording:wording", "Load questions that are licensed to you"),
    "remind": ("caseworker.commands.reminding:remind", "Tell colleagues by e-mail how much is due"),
    "doctor": ("caseworker.commands.checking:doctor", "Say how this installation is, and what is wrong"),
    "audit": ("caseworker.commands.checking:audit", "Check the record of who did what"),
    "erasures": ("caseworker.commands.erasing:erasures", "Check what was erased, and leave no trace of it"),
    "rebuild": (
        "caseworker.commands.rebuilding:rebuild",
        "Run the rules again, mend the days stored",
    ),
    "programmes": ("caseworker.commands.valuing:programmes", "List programmes and organisations"),
    "value": ("caseworker.commands.valuing:value", "Value what a programme's records add up to"),
    "impact-map": ("caseworker.impact.impact_map:impact_map_command", "Value an impact map in a CSV file"),
}


class LazyCommands(click.Group):
    """A group that knows its commands by name and loads one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except SettingsWrong as wrong:
            raise OneLine(str(wrong)) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


class OneLine(click.ClickException):
    """What is wrong with the settings, and the cure: one line, and exit status 2."""

    exit_code = 2

    def show(self, file: IO[str] | None = None) -> None:
        click.echo(f"caseworker: {self.message}", file=file, err=True)


def this_app() -> Flask:
    """The application of the settings in the environment."""
    from caseworker.commands.opening import open_app

    return open_app()


@click.group(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("caseworker"), prog_name="caseworker", message="%(prog)s %(version)s")
@click.pass_context
def program(ctx: click.Context) -> None:
    """Case management for employability programmes."""
    ctx.obj = ScriptInfo(create_app=this_app, set_debug_flag=False)


def main() -> None:
    """Run the command, and end quietly when it is stopped or nobody reads on."""
    # What is written here is about people: for its owner's eyes alone.
    os.umask(0o077)
    try:
        status = program(standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as refused:
        refused.show()
        status = refused.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("Stopped.", err=True)
        status = 130
    except BrokenPipeError:
        # The reader went away (`| head`): nothing to say, and nothing left to flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    sys.exit(status if isinstance(status, int) else 0)
