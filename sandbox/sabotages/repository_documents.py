# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the documents of the repository can be wrong."""

from __future__ import annotations

from sandbox._edits import Edit
from sandbox.sabotages.repository import edited

_CONSERVATIVE = "configs/examples/conservative.yaml"

SABOTAGES = [
    edited(
        "readme_dead_link",
        ("6.1.1",),
        "README.md links to a document that was renamed",
        Edit("README.md", "[docs/API.md](docs/API.md)", "[docs/API.md](docs/ROUTES.md)"),
    ),
    edited(
        "quick_start_script",
        ("6.1.1", "6.1.2"),
        "The quick start calls a script that is not there",
        Edit("README.md", "`docker compose up -d`", "`scripts/start-all.sh`"),
    ),
    edited(
        "example_reference",
        ("6.1.3",),
        "An example has a reference that nothing expands",
        Edit(_CONSERVATIVE, "nats://nats-service:4222", "${NATS_URL:-nats://localhost:4222}"),
    ),
    edited(
        "troubleshooting_link",
        ("6.1.4",),
        "The help against troubles links to nothing",
        Edit("docs/TROUBLESHOOTING.md", "and at the server.", "and at [the server](DATABASE.md)."),
    ),
    edited("faq_gone", ("6.1.5",), "There is no FAQ", Edit("docs/TROUBLESHOOTING.md", "## FAQ", "## More")),
    edited(
        "claude_unknown_task",
        ("6.2.1",),
        "CLAUDE.md names a task that does not exist",
        Edit("CLAUDE.md", "`task build`", "`task compile`"),
    ),
    edited(
        "architecture_link",
        ("6.2.2",),
        "The architecture links to a document that was renamed",
        Edit("docs/ARCHITECTURE.md", "(CIRCUIT_BREAKERS.md)", "(BREAKERS.md)"),
    ),
    edited(
        "api_without_authentication",
        ("6.2.3",),
        "The description of the API says that authentication is not implemented",
        Edit("docs/API.md", "the answer is 401.", "nothing happens: authentication is not yet implemented."),
    ),
    edited(
        "schema_gone",
        ("6.2.4",),
        "No document describes the database",
        Edit("docs/ARCHITECTURE.md", "## Database", "## Tables"),
    ),
    edited(
        "deployment_manifests",
        ("6.2.5", "6.3.2"),
        "The guide applies manifests that are not there",
        Edit("docs/DEPLOYMENT.md", "apply -k deployments/k8s/base", "apply -k deployments/k8s/production"),
    ),
    edited(
        "runbook_without_alert",
        ("6.3.1",),
        "An alert has no section in the runbook",
        Edit("docs/ALERT_RUNBOOK.md", "### AgentDown\n", "### An agent is away\n"),
    ),
    edited(
        "rollback_gone",
        ("6.3.3",),
        "Nothing says how a deployment is taken back",
        Edit("docs/DEPLOYMENT.md", "## Rollback Procedures", "## Afterwards"),
    ),
    edited(
        "recovery_without_point",
        ("6.3.4",),
        "The plan for disasters has no RPO",
        Edit("docs/DISASTER_RECOVERY.md", "RPO: one hour", "RPO: not agreed yet"),
    ),
    edited(
        "maintenance_now_and_then",
        ("6.3.5",),
        "Nothing says how often maintenance is due",
        Edit("docs/DEPLOYMENT.md", "Once a month:", "Now and then:"),
    ),
    edited(
        "escalation_placeholder",
        ("6.3.6",),
        "The contacts of the escalation are placeholders",
        Edit("docs/ALERT_RUNBOOK.md", "then the tech lead.", "then the tech lead [phone: +1-XXX-XXX-XXXX]."),
    ),
    edited(
        "rotation_without_exchange",
        ("1.1.6",),
        "The policy of rotation does not speak of the exchange's keys",
        Edit("docs/SECRET_ROTATION.md", "| exchange keys |", "| certificates |"),
    ),
    edited(
        "privacy_link",
        ("1.6.3",),
        "The privacy policy refers to what is not there",
        Edit("PRIVACY.md", "Whoever wants", "[Whoever](docs/LEGAL.md) wants"),
    ),
    edited(
        "disclaimer_gone", ("1.6.6",), "There is no disclaimer", Edit("README.md", "## Disclaimer", "## Last words")
    ),
    edited(
        "caching_gone",
        ("2.5.2",),
        "No document describes the caches",
        Edit("docs/ARCHITECTURE.md", "## Caching", "## Speed"),
    ),
]
