"""The assistant as commands ask it, when no server does."""

from api.audited import AuditedAssistant
from api.notes import Notes
from assistant.access.acting import COMMAND
from assistant.access.keys import Caller, KeyRole
from assistant.backends import Backends
from assistant.settings import Settings


def audited(backends: Backends, settings: Settings) -> AuditedAssistant:
    """The assistant, whose questions and answers are written to the audit trail.

    Whoever can open the data directory reads everything in it: a command needs no key.
    """
    caller = Caller(COMMAND.name, KeyRole.ADMINISTRATOR)
    notes = Notes(backends.audit, caller, settings.audit_questions)
    return AuditedAssistant(backends.assistant, notes)
