# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Mistakes in the documents of a release."""

from __future__ import annotations

from sandbox._edits import Edit, Remove, Write
from sandbox.defects._defect import Defect

_README = "README.md"
_TROUBLES = "docs/TROUBLESHOOTING.md"
_DEPLOYMENT = "docs/DEPLOYMENT.md"
_RUNBOOK = "docs/ALERT_RUNBOOK.md"
_RECOVERY = "docs/DISASTER_RECOVERY.md"
_ARCHITECTURE = "docs/ARCHITECTURE.md"
_FAQ = (
    "## FAQ\n\n### Does it trade with money?\n\nOnly when `trading.mode` says live.\n\n"
    "### Why are there no signals?\n\nNo agent has connected yet: look at the orchestrator.\n"
)


def _edit(name: str, items: str, says: str, path: str, right: str, wrong: str) -> Defect:
    return Defect(name, tuple(items.split()), says, (Edit(path, right, wrong),))


_USERS = [
    _edit(
        "readme_links_to_moved_file",
        "6.1.1",
        "README.md links to docs/ROUTES.md",
        _README,
        "(docs/API.md)",
        "(docs/ROUTES.md)",
    ),
    _edit(
        "readme_anchor",
        "6.1.1",
        "README.md links to a heading that it does not have",
        _README,
        "has three to start from.",
        "has three to [start](#first-steps) from.",
    ),
    _edit(
        "readme_picture",
        "6.1.1",
        "README.md shows a picture that was never added",
        _README,
        "## Configuration\n",
        "## Configuration\n\n![How it is built](docs/images/overview.png)\n",
    ),
    _edit(
        "readme_default_login",
        "6.1.1",
        "README.md gives admin/admin",
        _README,
        "## Configuration\n",
        "## Dashboards\n\nGrafana is on port 3000, with admin/admin.\n\n## Configuration\n",
    ),
    _edit("readme_without_license", "6.1.1", "README.md has no license", _README, "## License", "## Terms"),
    _edit(
        "readme_without_quick_start", "6.1.1", "README.md has no quick start", _README, "## Quick start", "## Try it"
    ),
    _edit(
        "readme_out_of_the_tree",
        "6.1.1",
        "README.md links out of the repository",
        _README,
        "MIT, see [LICENSE](LICENSE).",
        "MIT, see [LICENSE](../LICENSE).",
    ),
    _edit(
        "readme_tree_of_files",
        "6.1.1",
        "README.md draws a folder that is not there",
        _README,
        "## Configuration\n",
        "## Configuration\n\n```\ncryptofunk/\n├── cmd/\n├── configs/\n├── docs/\n└── plugins/\n```\n",
    ),
    _edit(
        "readme_of_a_folder",
        "6.1.1",
        "The README of a folder links to a file that was renamed",
        "configs/examples/README.md",
        "(conservative.yaml)",
        "(careful.yaml)",
    ),
    _edit(
        "quick_start_variable",
        "6.1.1 6.1.2",
        "The quick start sets a variable that nothing reads",
        _README,
        "2. Start the services",
        "   ```bash\n   export BINANCE_SECRET_KEY=replace-me\n   ```\n\n2. Start the services",
    ),
    _edit(
        "quick_start_task",
        "6.1.1 6.1.2",
        "The quick start runs a task that does not exist",
        _README,
        "`docker compose up -d`",
        "`task run-all`",
    ),
    _edit(
        "quick_start_port",
        "6.1.1 6.1.2",
        "The quick start asks a port that nothing listens on",
        _README,
        "localhost:8082",
        "localhost:8899",
    ),
    _edit(
        "example_is_not_expanded",
        "6.1.3",
        "An example has a reference that nothing expands",
        "configs/examples/paper-trading.yaml",
        "nats://nats-service:4222",
        "${NATS_URL:-nats://localhost:4222}",
    ),
    _edit(
        "example_unknown_key",
        "6.1.3",
        "An example has a key that no program knows",
        "configs/examples/aggressive.yaml",
        "max_daily_loss: 0.05",
        "daily_loss_ceiling: 0.05",
    ),
    _edit(
        "troubleshooting_script",
        "6.1.4",
        "The help against troubles calls a script that is not there",
        _TROUBLES,
        "in the last line of its log.",
        "in the last line of its log. Run `./scripts/doctor.sh`.",
    ),
    Defect(
        "troubleshooting_stub",
        ("6.1.4",),
        "The help against troubles is a stub",
        (Write(_TROUBLES, f"# Troubleshooting\n\nTo be written.\n\n{_FAQ}"),),
    ),
    _edit("faq_renamed", "6.1.5", "There is no FAQ", _TROUBLES, "## FAQ", "## More"),
    _edit(
        "faq_without_questions",
        "6.1.5",
        "The FAQ is one sentence",
        _TROUBLES,
        "## FAQ\n",
        "## FAQ\n\nAsk the team.\n\n## More\n",
    ),
]

_DEVELOPERS = [
    Defect("claude_removed", ("6.2.1",), "There is no CLAUDE.md", (Remove("CLAUDE.md"),)),
    _edit(
        "claude_task",
        "6.2.1",
        "CLAUDE.md names a task that does not exist",
        "CLAUDE.md",
        "`task build`",
        "`task compile`",
    ),
    _edit(
        "claude_folder",
        "6.2.1",
        "CLAUDE.md names a folder that does not exist",
        "CLAUDE.md",
        "what they share in `internal`",
        "what they share in `internal/shared/`",
    ),
    _edit(
        "architecture_link_to_renamed",
        "6.2.2",
        "The architecture links to a document that was renamed",
        _ARCHITECTURE,
        "(CIRCUIT_BREAKERS.md)",
        "(BREAKERS.md)",
    ),
    _edit(
        "architecture_without_messages",
        "6.2.2",
        "The architecture does not say how programs talk",
        _ARCHITECTURE,
        "## Messages",
        "## Subjects",
    ),
    _edit(
        "api_authentication_denied",
        "6.2.3",
        "The description of the API says that authentication is not implemented",
        "docs/API.md",
        "the answer is 401.",
        "nothing happens: authentication is not yet implemented.",
    ),
    _edit(
        "api_limits_denied",
        "6.2.3",
        "The description of the API says that there are no limits",
        "docs/API.md",
        "Any client may ask a hundred times a minute, and control trading ten times a minute.",
        "Rate limiting is not implemented.",
    ),
    _edit("schema_heading", "6.2.4", "No document describes the database", _ARCHITECTURE, "## Database", "## Tables"),
    _edit(
        "guide_without_kubernetes",
        "6.2.5",
        "The guide to deployment leaves Kubernetes out",
        _DEPLOYMENT,
        "## Kubernetes",
        "## The cluster",
    ),
]

_OPERATORS = [
    _edit(
        "guide_moved_manifests",
        "6.2.5 6.3.2",
        "The procedure applies manifests that are not there",
        _DEPLOYMENT,
        "apply -k deployments/k8s/base",
        "apply -k deployments/k8s/production",
    ),
    _edit(
        "guide_compose_file",
        "6.2.5 6.3.2",
        "The procedure names a compose file that is not there",
        _DEPLOYMENT,
        "-f docker-compose.prod.yml up",
        "-f docker-compose.live.yml up",
    ),
    _edit(
        "runbook_section_missing",
        "6.3.1",
        "An alert has neither section nor address",
        _RUNBOOK,
        "### AgentDown\n",
        "### An agent is away\n",
    ),
    _edit(
        "runbook_address",
        "6.3.1",
        "The runbook_url of an alert names a heading that is not there",
        "deployments/prometheus/alerts/health.yml",
        "#systemdegraded",
        "#system-degraded",
    ),
    _edit(
        "runbook_empty_section",
        "6.3.1",
        "The section of an alert says nothing",
        _RUNBOOK,
        "An agent does not answer. Call the engineer on duty at once.",
        "TODO",
    ),
    _edit(
        "runbook_of_no_alert",
        "6.3.1",
        "The runbook speaks of an alert that no rule has",
        _RUNBOOK,
        "## Alerts\n",
        "## Alerts\n\n### MaxDrawdownExceeded\n\nThe portfolio has lost too much. Call the engineer on duty.\n",
    ),
    _edit(
        "rollback_heading",
        "6.3.3",
        "Nothing says how to go back",
        _DEPLOYMENT,
        "## Rollback Procedures",
        "## Afterwards",
    ),
    _edit(
        "rollback_by_migrate",
        "6.3.3",
        "The rollback believes that migrate can go back",
        _DEPLOYMENT,
        "4. Resume trading",
        "4. Then `migrate down 1`. Resume trading",
    ),
    _edit(
        "rollback_of_the_programs",
        "6.3.3",
        "The rollback does not say how the programs go back",
        _DEPLOYMENT,
        "`kubectl rollout undo deployment/api -n cryptofunk`, and the same for every deployment that changed.",
        "Put the old programs back.",
    ),
    _edit("recovery_point", "6.3.4", "There is no RPO", _RECOVERY, "RPO: one hour", "RPO: not agreed yet"),
    _edit(
        "recovery_time",
        "6.3.4",
        "There is no RTO",
        _RECOVERY,
        "RTO: two hours from the call",
        "RTO: soon after the call",
    ),
    _edit(
        "recovery_script",
        "6.3.4",
        "The plan for disasters calls a script that was renamed",
        _RECOVERY,
        "scripts/backup/restore-backup.sh",
        "scripts/backup/restore.sh",
    ),
    _edit("maintenance_interval", "6.3.5", "Nothing says how often", _DEPLOYMENT, "Once a month:", "Now and then:"),
    _edit("maintenance_heading", "6.3.5", "There is no maintenance", _DEPLOYMENT, "## Maintenance", "## Later"),
    _edit(
        "escalation_time", "6.3.6", "The escalation has no times", _RUNBOOK, "has fifteen minutes", "is called first"
    ),
    _edit(
        "escalation_contact",
        "6.3.6",
        "The contacts of the escalation are placeholders",
        _RUNBOOK,
        "then the tech lead.",
        "then the tech lead [phone: +1-XXX-XXX-XXXX].",
    ),
]

_OTHERS = [
    _edit(
        "rotation_of_exchange_keys",
        "1.1.6",
        "The policy of rotation leaves the exchange's keys out",
        "docs/SECRET_ROTATION.md",
        "| exchange keys |",
        "| certificates |",
    ),
    Defect("privacy_removed", ("1.6.3",), "There is no privacy policy", (Remove("PRIVACY.md"),)),
    _edit("disclaimer_heading", "1.6.6", "There is no disclaimer", _README, "## Disclaimer", "## Last words"),
    _edit("caching_heading", "2.5.2", "No document describes the caches", _ARCHITECTURE, "## Caching", "## Speed"),
]

DEFECTS = [*_USERS, *_DEVELOPERS, *_OPERATORS, *_OTHERS]
