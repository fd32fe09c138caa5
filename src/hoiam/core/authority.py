"""The one authority: who may do what to which subject.

Policies are registered once per (model, action) by a room's `policies.py`. An action nobody wrote a policy
for raises LookupError: a bug must never look like a quiet "no".
"""

from collections.abc import Callable, Iterable
from typing import Any

from hoiam.core.actor import Actor
from hoiam.core.errors import NotAllowed

Policy = Callable[[Actor, Any], bool]

_policies: dict[tuple[type, str], tuple[Policy, str]] = {}


def policy(model: type, *actions: str, refusal: str) -> Callable[[Policy], Policy]:
    """A decorator that makes `function(actor, subject) -> bool` the rule for these actions on this model.

    Args:
        model: class of the subject; for "create" actions the subject is the parent it is created under.
        actions: names of verbs, as the functions in `actions.py` are called.
        refusal: the Vietnamese sentence shown to who may not, saying who may.
    """

    def register(function: Policy) -> Policy:
        for action in actions:
            if (model, action) in _policies:
                raise LookupError(f"{action} on {model.__name__} already has a policy")
            _policies[model, action] = (function, refusal)
        return function

    return register


def _rule(action: str, subject: Any) -> tuple[Policy, str]:
    model = subject if isinstance(subject, type) else type(subject)
    key = ((getattr(model, "_meta", None) and model._meta.concrete_model) or model, action)
    if key not in _policies:
        raise LookupError(f"no policy for {action} on {model.__name__}")
    return _policies[key]


def can(actor: Actor | None, action: str, subject: Any) -> bool:
    """Whether this official may take this action on this subject.

    Raises:
        LookupError: no policy was written for the pair.
    """
    allowed, _ = _rule(action, subject)
    return bool(actor is not None and actor.is_active and allowed(actor, subject))


def check(actor: Actor | None, action: str, subject: Any) -> None:
    """Nothing when the actor may; otherwise NotAllowed with the policy's sentence."""
    _, refusal = _rule(action, subject)
    if not can(actor, action, subject):
        raise NotAllowed(refusal)


def allowed(actor: Actor | None, actions: Iterable[str], subject: Any) -> set[str]:
    """Those of the actions that the actor may take: what a page shows as buttons."""
    return {action for action in actions if can(actor, action, subject)}


def registered() -> frozenset[tuple[type, str]]:
    """Every (model, action) that has a policy; tests walk it."""
    return frozenset(_policies)
