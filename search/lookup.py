"""Asking an engine: understand the words, and read them ever more loosely until something is found."""

from dataclasses import dataclass, replace

from search.near import nearer_first
from search.plan import Answer, Counted, Engine, Plan
from search.request import SearchRequest, Sort
from search.result import Scope
from search.spread import LOOKED_THROUGH
from search.understanding import Note, NoteKind, Understood, decode_typing, understand
from search.wording import Read, readings

EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Lookup:
    """What an engine found, and how it was asked: in the strictest reading that finds something."""

    understood: Understood
    read: Read | None
    plan: Plan
    answer: Answer


def looked_up(asked: Engine, request: SearchRequest, scope: Scope = EVERYTHING, near: str = "") -> Lookup:
    """Understand the request and ask the engine, for keys of a keyboard too; raises EngineAway."""
    found = _looked_up(asked, request, scope)
    plan = found.plan
    if near and plan.request.sort is Sort.RELEVANCE and not (plan.request.provinces or scope.province):
        return replace(found, answer=replace(found.answer, hits=tuple(nearer_first(found.answer.hits, near))))
    return found


def _looked_up(asked: Engine, request: SearchRequest, scope: Scope) -> Lookup:
    understood = understand(request)
    found = _best_reading(asked, understood, scope)
    if request.q and not understood.terms and not understood.notes:
        return replace(found, answer=Answer((), 0))  # signs only
    if not found.answer.total and (decoded := decode_typing(request.q)):
        typed = understand(replace(request, q=decoded))
        typed = replace(typed, notes=(Note(NoteKind.TYPING, request.q, None, (decoded,)), *typed.notes))
        other = _best_reading(asked, typed, scope)
        if other.answer.total:
            return other
    return found


def _best_reading(asked: Engine, understood: Understood, scope: Scope) -> Lookup:
    """The strictest reading that finds something, were it without the filters; the last one when none does."""
    plan, read = Plan(understood.request, scope, count=LOOKED_THROUGH), None
    for read in readings(understood):
        plan = replace(plan, text=read.text)
        answer = asked.answer(plan)
        if answer.total or _has_hits_without_filters(asked, plan):
            return Lookup(understood, read, plan, answer)
    return Lookup(understood, read, plan, asked.answer(plan))


def _has_hits_without_filters(asked: Engine, plan: Plan) -> bool:
    if not plan.request.chosen:
        return False
    return asked.answer(replace(plan, request=plan.request.plain(), count=0, counted=Counted.NONE)).total > 0
