"""`hallq voice`: whether calls are heard."""

import typer

from hallq.cli.exits import Exit
from hallq.cli.options import DbOption, DirOption, LanguageOption, chosen_place, terminal_settings
from hallq.cli.telling import note, out
from hallq.i18n import N_, _

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)

SAMPLE, SAMPLE_COUNTER = "A012", 3


@app.callback()
def _voice() -> None:
    """The voice of the board."""


@app.command(
    "test",
    help=N_(
        "Say one call in the hall's languages.\n\n"
        "Exit code 0: a program spoke; 1: none here can, or it failed: the bell would ring."
    ),
)
def say_sample(folder: DirOption = None, db: DbOption = None, language: LanguageOption = None) -> None:
    """Say one call."""
    from hallq.domain.devices import VoiceMode
    from hallq.settings import load_config
    from hallq.voice.engines import SpeechError, engine_here, finish
    from hallq.voice.phrases import phrase

    config = load_config(chosen_place(folder, db, language).settings)
    rule = config.voice.here(terminal_settings().voice)
    if rule.mode is not VoiceMode.SPEECH:
        note(_("The board does not speak here: the voice's mode is {mode}.").format(mode=rule.mode.value))
    engine = engine_here()
    if engine is None:
        out(_("voice: no program here can speak; the terminal's bell rings"))
        raise typer.Exit(Exit.FAULTS_FOUND)
    for spoken in rule.languages:
        sentence = phrase(SAMPLE, SAMPLE_COUNTER, spoken, rule)
        out(f"{engine.name}: {sentence}")
        try:
            finish(engine.start(spoken, rule.volume_percent), sentence)
        except SpeechError as error:
            note(_("{program} failed: {detail}").format(program=engine.name, detail=error))
            raise typer.Exit(Exit.FAULTS_FOUND) from error
