"""Every public verb of the press desk has a policy of its own name, and no policy is without its verb."""

import inspect

from hoiam.core import authority
from hoiam.handling.actions import (
    accreditation,
    briefing,
    conference,
    conference_day,
    enquiry,
    enquiry_content,
    enquiry_intake,
    enquiry_texts,
)
from hoiam.handling.models import (
    Accreditation,
    Briefing,
    ContentRequest,
    Enquiry,
    PressConference,
    PressQuestion,
)

ROOM = (accreditation, briefing, conference, conference_day, enquiry, enquiry_content, enquiry_intake,
        enquiry_texts)  # fmt: skip
OURS = {Accreditation, Briefing, ContentRequest, Enquiry, PressConference, PressQuestion}
# On the agency itself, where the thing does not exist yet.
MAKING = {"receive_enquiry", "plan_conference", "record_briefing", "accredit_reporter"}
# Everybody may write to an agency by the public form.
OPEN_TO_ALL = {"send_enquiry"}


def verbs():
    """Public functions that take who acts and when: the actions."""
    return {
        name
        for module in ROOM
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and "now" in inspect.signature(function).parameters
        and name != "move_enquiry"
    }


def test_verbs_and_policies_are_the_same():
    ours = {name for model, name in authority.registered() if model in OURS}

    assert verbs() - OPEN_TO_ALL - MAKING == ours
    assert {name for _, name in authority.registered()} >= MAKING
