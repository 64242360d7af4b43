# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How what sets up monitoring can be wrong: of the known defects, one for each item that it decides."""

from __future__ import annotations

from sandbox.defects import alerting, monitoring
from sandbox.sabotages._release import changed

# The defect, and the components by which its items are seen beside the repository.
_CHOSEN: dict[str, tuple[str, ...]] = {
    "monitoring_orchestrator_port": (),
    "monitoring_api_port_of_the_pod": (),
    "monitoring_agent_port": (),
    "monitoring_postgres_without_targets": (),
    "monitoring_redis_itself": (),
    "monitoring_two_with_one_uid": (),
    "monitoring_renamed_dashboard": (),
    "monitoring_empty_dashboard": (),
    "monitoring_no_risk_dashboard": (),
    "monitoring_panel_of_no_metric": (),
    "monitoring_no_refresh": (),
    "monitoring_unknown_receiver": (),
    "monitoring_rule_of_no_metric": (),
    "monitoring_cpu_late": (),
    "monitoring_memory_reversed": (),
    "monitoring_disk_fraction": (),
    "monitoring_database_watched_nowhere": (),
    "monitoring_breaker_half_open": (),
    "monitoring_drawdown_as_fraction": (),
    "monitoring_agent_of_other_job": (),
    "monitoring_trades_of_other_service": (),
    "monitoring_size_of_the_database": ("postgres",),
    "monitoring_route_of_no_alert": (),
    "monitoring_mail_without_sender": (),
    "monitoring_chat_placeholder": (),
    "monitoring_no_pager": (),
}

_DEFECTS = (*monitoring.DEFECTS, *alerting.DEFECTS)
SABOTAGES = [
    changed(defect.name, defect.items, defect.says, defect.edits, _CHOSEN[defect.name])
    for defect in _DEFECTS
    if defect.name in _CHOSEN
]
