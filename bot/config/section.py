"""A section of the configuration: what all of them have in common."""

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """What every section shares: it cannot change and it knows no other keys."""

    # validate_default: a rule about two keys must also hold when one of them is left out.
    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, hide_input_in_errors=True)
