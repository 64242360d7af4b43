# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The headings of the checklist, as its readers know them. This is a private part of the collection."""

from __future__ import annotations

_SECTIONS = {
    "security": "Pre-Deployment Security Review",
    "performance": "Performance Review",
    "configuration": "Configuration Review",
    "infrastructure": "Infrastructure Readiness",
    "monitoring": "Monitoring & Alerting",
    "documentation": "Documentation Review",
    "deployment": "Deployment Steps",
    "verification": "Post-Deployment Verification",
    "rollback": "Rollback Procedures",
    "signoff": "Sign-off",
}

_TOPICS = {
    "api_keys": "API Keys & Secrets",
    "passwords": "Password & Authentication",
    "tls": "SSL/TLS Configuration",
    "network": "Network Security",
    "code": "Code Security",
    "compliance": "Compliance & Legal",
    "database_tuning": "Database Optimization",
    "cache": "Cache Configuration",
    "resources": "Resource Limits",
    "load": "Load Testing",
    "optimisation": "Optimization Applied",
    "environment": "Environment-Specific Configuration",
    "risk": "Risk Parameters",
    "trading": "Trading Parameters",
    "external_services": "External Service Configuration",
    "kubernetes": "Kubernetes Cluster (if using)",
    "registry": "Docker/Container Registry",
    "database": "Database Infrastructure",
    "messaging": "Message Queue",
    "object_storage": "Object Storage (for backups)",
    "metrics": "Metrics Collection",
    "dashboards": "Dashboards",
    "alerting": "Alerting",
    "logging": "Logging",
    "health_checks": "Health Checks",
    "user_docs": "User Documentation",
    "technical_docs": "Technical Documentation",
    "operational_docs": "Operational Documentation",
    "code_docs": "Code Documentation",
    "pre_deployment": "Pre-Deployment",
    "migration": "Database Migration",
    "kubernetes_deployment": "Kubernetes Deployment",
    "compose_deployment": "Docker Compose Deployment (Simpler Alternative)",
    "config_deployment": "Configuration Deployment",
    "running": "Health Checks",
    "smoke": "Smoke Tests",
    "functional": "Functional Tests",
    "performance_after": "Performance Verification",
    "monitoring_after": "Monitoring Verification",
    "security_after": "Security Verification",
    "triggers": "When to Rollback",
    "procedures": "Kubernetes, Docker Compose and Database Rollback",
    "communication": "Communication",
    "signatures": "Deployment Team Sign-off",
    "final": "Final Verification",
    "after_launch": "Post-Deployment Actions",
}


def section_heading(section: str) -> str:
    """Return the heading of a section."""
    return _SECTIONS.get(section) or _spoken(section)


def topic_heading(topic: str) -> str:
    """Return the heading of a subsection; a topic of a user's own items is spoken as it is named."""
    return _TOPICS.get(topic) or _spoken(topic)


def _spoken(name: str) -> str:
    return name.replace("_", " ").capitalize()
