"""What Cordée promises beyond what schemathesis checks by itself."""

import unicodedata

import schemathesis
from schemathesis.core.parameters import ParameterLocation
from schemathesis.openapi.checks import RejectedPositiveData

# What the form of a value alone decides, so that the document can say it. Every other code is a rule of the product.
OF_THE_FORM = {
    "required",
    "wrong_type",
    "too_small",
    "too_big",
    "wrong_format",
    "not_allowed",
    "not_multiple_of",
    "unknown_field",
    "invalid",
}
# What no description can say: the same value is taken elsewhere, or at another time.
DEPENDS = {
    "/cursor": "only one that an answer gave is one",
    "/en": "of a page that has no words in French",
    "/keys": "only a point of the curve is a key",
    "/password": "of who has no account yet",
    "/coachId": "of fellows, and where a second coach is named",
    "/fellowId": "of coaches",
    "/participants": "of staff, who book for others",
    "/body": "of a planned message without files",
    "/answers": "only questions that the workshop asks",
    "/plusOne": "only where the workshop lets guests bring somebody",
    "/scores": "only the key of a criterion has one",
    "/seen": "of who changes the words of a post",
}
# Acts on what was written before: what that lacks is named, and is no part of what is sent (which is named here).
OF_THE_THING = {"POST /api/cohorts/{cohortId}/calls/{callId}/publish": {"/revision"}}
NOT_READ = {400, 413, 415, 431}


def told_at(pointer, body):
    """What was sent at a place; None where nothing was."""
    for key in pointer.split("/")[1:]:
        try:
            body = body[int(key)] if isinstance(body, list) else body[key]
        except (LookupError, TypeError, ValueError):
            return None
    return body


def has_unassigned(value):
    """A character that Unicode does not know yet is no letter and no mark, which whoever makes up a text of letters does not know."""
    return isinstance(value, str) and any(unicodedata.category(one) == "Cn" for one in value)


def is_rule(error, case):
    if error["code"] == "wrong_format" and has_unassigned(told_at(error["field"], case.body)):
        return True
    sent = OF_THE_THING.get(case.operation.label)
    if sent is not None and error["field"] not in sent:
        return True
    return error["code"] in ("required", "wrong_format", "not_allowed", "invalid") and "/".join(error["field"].split("/")[:2]) in DEPENDS


@schemathesis.hook
def filter_case(context, case):
    """A body of CSV is text on the way, whatever it was made of (null is the word "null"): none is of a wrong type."""
    is_csv = case.media_type == "text/csv" and case.meta is not None
    return not (is_csv and case.meta.is_negative_at(ParameterLocation.BODY))


@schemathesis.check
def document_says_what_is_refused(ctx, response, case):
    """What fits the document is never refused for its form."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    fields = []
    if response.status_code == 422:
        fields = [e for e in response.json().get("errors", []) if e["code"] in OF_THE_FORM and not is_rule(e, case)]
    if fields or response.status_code in NOT_READ:
        raise RejectedPositiveData(
            operation=case.operation.label,
            title="The document allows what is refused",
            message="\n".join(f"{e['field']}: {e['code']} {e.get('params', '')}" for e in fields) or response.text,
            status_code=response.status_code,
            allowed_statuses=[],
        )
