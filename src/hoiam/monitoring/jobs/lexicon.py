"""Background work of the lexicon: dry runs, judging again after a publication."""

from datetime import datetime

from hoiam.core.jobs import enqueue, job
from hoiam.core.outbox import handles
from hoiam.monitoring.actions.judging_again import rejudge, run_trial
from hoiam.monitoring.models import LexiconTrial, LexiconVersion
from hoiam.monitoring.states import TrialState

TRIES = 3


@handles("lexicon_trial_asked")
def queue_trial(trial_id: int, now: datetime) -> None:
    """Queue the dry run: it may take minutes, a message may not."""
    enqueue(try_lexicon, trial_id, now=now, key=f"lexicon-trial:{trial_id}")


@handles("lexicon_published")
def queue_rejudging(version_id: int, now: datetime) -> None:
    """Queue judging the items of the chosen days again."""
    enqueue(rejudge_items, version_id, now=now, key=f"lexicon-rejudge:{version_id}")


@job(most_tries=TRIES)
def try_lexicon(trial_id: int, now: datetime) -> int:
    """Run a dry run; how many items it judged. One whose draft was put away is not run."""
    trial = LexiconTrial.objects.select_related("draft").get(pk=trial_id)
    try:
        return run_trial(trial, now=now).judged
    except ValueError as error:
        trial.state, trial.ended_at, trial.problem = TrialState.FAILED, now, str(error)
        trial.save(update_fields=["state", "ended_at", "problem"])
        return 0


@job(most_tries=TRIES)
def rejudge_items(version_id: int, now: datetime) -> int:
    """Judge the items of the chosen days again; how many were added."""
    return rejudge(LexiconVersion.objects.get(pk=version_id), now=now).rejudge_added
