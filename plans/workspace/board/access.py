"""Who sees the managers' board: 부서장, 축 총괄 and 기획."""

from gwonseon.office.models import User
from plans.tree.models import Pillar


def sees_board(user: User) -> bool:
    """Return whether the user approves for a department, leads a pillar or plans for all."""
    manages = ("plans.change_plan", "plans.approve_department")
    leads = (f"{code}.change_activity" for code in Pillar.Code.values)
    return any(user.has_perm(one) for one in (*manages, *leads))
