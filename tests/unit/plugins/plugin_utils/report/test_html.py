# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import base64
import hashlib
import re
import time
import typing as t
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._catalogue import read_catalogue
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report import html
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._html_markup import prose, tag
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._html_script import SCRIPT
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._html_style import PARTIAL_STYLE, STYLE
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._text import visible

from .sample import NASTY, sample

TAGS = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "a",
        "header",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "strong",
        "div",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "details",
        "summary",
        "span",
        "code",
        "main",
        "section",
        "nav",
        "label",
        "select",
        "option",
        "input",
        "button",
        "script",
    ]
)
ATTRIBUTES = frozenset(
    [
        "lang",
        "charset",
        "http-equiv",
        "content",
        "name",
        "href",
        "class",
        "id",
        "scope",
        "open",
        "role",
        "tabindex",
        "hidden",
        "type",
        "autocomplete",
        "value",
        "aria-labelledby",
        "aria-label",
        "aria-hidden",
        "data-outcome",
        "data-severity",
        "data-section",
    ]
)
VOID = frozenset({"meta", "input"})


class Page(HTMLParser):
    """What a browser would make of the file."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.embedded: dict[str, list[str]] = {"script": [], "style": []}
        self.open: list[str] = []
        self.misplaced: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.misplaced.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in self.embedded:
            self.embedded[self.open[-1]].append(data)
        else:
            self.text += data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(name="page")
def fixture_page() -> Page:
    return Page(html.render(sample()))


def test_nothing_but_our_own_tags_and_attributes_gets_through(page: Page) -> None:
    assert {tag for tag, dummy in page.tags} <= TAGS
    assert {name for dummy, attributes in page.tags for name in attributes} <= ATTRIBUTES


def test_every_element_is_closed_where_it_was_opened(page: Page) -> None:
    assert (page.misplaced, page.open) == ([], [])


def test_the_only_script_is_ours(page: Page) -> None:
    assert page.embedded["script"] == [SCRIPT]


def test_the_only_styles_are_ours(page: Page) -> None:
    assert page.embedded["style"] == [STYLE, PARTIAL_STYLE]


def test_every_hostile_text_is_shown_as_text(page: Page) -> None:
    seen = re.sub(r"\s+", " ", page.text)
    for field in (
        "title",
        "message",
        "subject",
        "place",
        "host",
        "probe",
        "release",
        "stopped",
        "ruled out",
        "not signed",
        "new box",
        "old box",
    ):
        assert f"{field} </script><img src=x onerror=alert(1)>]]>|" in seen


def test_the_policy_allows_only_what_is_embedded(page: Page) -> None:
    (policy,) = [one["content"] for one in page.of("meta") if one.get("http-equiv") == "Content-Security-Policy"]
    digests = [
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (STYLE, PARTIAL_STYLE, SCRIPT)
    ]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digests[0]}' 'sha256-{digests[1]}'; script-src 'sha256-{digests[2]}'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_it_links_to_nothing_but_itself(page: Page) -> None:
    ids = {attributes["id"] for dummy, attributes in page.tags if "id" in attributes}
    links = [attributes["href"] for dummy, attributes in page.tags if "href" in attributes]
    assert links
    assert all(link and link[:1] == "#" and link[1:] in ids for link in links)


def test_ids_are_unique(page: Page) -> None:
    ids = [attributes["id"] for dummy, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_the_filters_are_hidden_until_the_script_runs(page: Page) -> None:
    (filters,) = [one for one in page.of("div") if one.get("id") == "filter"]
    assert "hidden" in filters


def test_the_script_finds_every_element_that_it_names(page: Page) -> None:
    ids = {attributes.get("id") for dummy, attributes in page.tags}
    named = set(re.findall(r"getElementById\('([\w-]+)'\)", SCRIPT)) | {
        f"filter-{name}" for name in re.findall(r"value\('(\w+)'\)", SCRIPT)
    }
    assert len(named) == 9
    assert named <= ids


def test_items_are_boxes_of_the_checklist_in_its_order(page: Page) -> None:
    items = [(one["id"], one["data-outcome"]) for one in page.of("details") if one.get("class") == "item"]
    assert items == [(f"item-{item['id']}", item["outcome"]) for item in sample()["items"]]


def test_it_has_the_landmarks_and_the_language(page: Page) -> None:
    assert page.of("html") == [{"lang": "en"}]
    assert all(len(page.of(tag)) == 1 for tag in ("header", "main", "nav", "h1", "title"))


def test_every_table_has_a_caption_and_scoped_heads(page: Page) -> None:
    assert len(page.of("caption")) == len(page.of("table"))
    assert all(one.get("scope") in ("row", "col") for one in page.of("th"))


def test_headings_leave_out_no_level(page: Page) -> None:
    levels = [int(tag[1]) for tag, dummy in page.tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:]))


def test_a_trigger_says_that_it_is_clear_or_active(page: Page) -> None:
    assert "trigger clear" in page.text
    assert "trigger active" in page.text


def test_code_in_backticks_is_shown_as_code() -> None:
    report = sample()
    report["items"][0]["title"] = "Run `ls <here>` first"
    assert "Run <code>ls &lt;here&gt;</code> first" in html.render(report)


def test_a_long_value_is_cut_and_says_so() -> None:
    report = sample()
    report["items"][0]["verdicts"][0]["observed"] = "x" * 100_000
    assert "… (100002 characters)" in html.render(report)


def test_faults_come_before_the_verdicts_that_are_left_out() -> None:
    report = sample()
    verdict = report["items"][0]["verdicts"][0]
    report["items"][0]["verdicts"] = [{**verdict, "verdict": "pass"}] * 99 + [
        {**verdict, "verdict": "fail", "subject": "the bad one"}
    ]
    page = html.render(report)
    assert "the bad one" in page
    assert "1 fail, 99 pass" in page
    assert "and 50 more verdicts in report.json" in page


@given(st.text(st.characters(exclude_categories=[])))
def test_any_text_comes_back_as_it_was_given(text: str) -> None:
    page = Page(tag("p", text, id=text) + prose(text))
    assert page.text.replace("`", "") == (visible(text) * 2).replace("`", "")
    assert page.of("p") == [{"id": visible(text)}]
    assert {name for name, dummy in page.tags} <= {"p", "code"}


def test_a_large_report_is_small_and_quick() -> None:
    report = _large()
    assert sum(len(item["verdicts"]) for item in report["items"]) == 600
    seconds = []
    for dummy in range(3):
        begun = time.process_time()
        page = html.render(report)
        seconds.append(time.process_time() - begun)
    assert len(page.encode()) < 1_700_000
    assert min(seconds) < 0.3


def _large() -> dict[str, t.Any]:
    """Return a report of the whole catalogue with 600 verdicts, half of them faults."""
    report = sample()
    fault = next(item for item in report["items"] if item["outcome"] == "failed")
    short = {**fault["verdicts"][0], "message": NASTY[:100]}
    keys = ("id", "title", "section", "topic", "severity", "inverted", "remediation")
    items = [
        {
            **fault,
            **{key: item[key] for key in keys},
            "blocking": item["severity"] in ("critical", "high"),
            "verdicts": [],
        }
        for item in read_catalogue()
    ]
    for number in range(600):
        items[number % 200]["verdicts"].append(short if number % 2 else {**short, "verdict": "pass", "message": ""})
    return {**report, "items": items}
