# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The style sheet of the HTML report. This is a private part of the collection."""

from __future__ import annotations

STYLE = """
:root {
  color-scheme: light dark;
  --page: #fff; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --shade: #f6f8fa; --link: #0550ae;
  --failed: #b3261e; --error: #8a4600; --pending: #5b3fa8; --passed: #1a6b34; --quiet: #57606a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171a; --ink: #e2e6ea; --soft: #9aa4ae; --line: #3a424a; --shade: #1c2126; --link: #7db8ff;
    --failed: #ff8f86; --error: #f2b25c; --pending: #b9a5ff; --passed: #7fd494; --quiet: #9aa4ae;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 70rem; padding: 0 1rem 4rem; background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", "Liberation Sans", sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: .2rem 0 .8rem; }
h2 { font-size: 1.25rem; margin: 2.2rem 0 .6rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.4rem 0 .4rem; }
h4 { font-size: 1rem; margin: .9rem 0 .2rem; }
p { margin: .3rem 0; }
a { color: var(--link); }
ul, ol { margin: .3rem 0; padding-left: 1.4rem; }
code, .data { font-family: ui-monospace, "Cascadia Mono", "Liberation Mono", monospace; font-size: .88em; }
code { background: var(--shade); padding: .05em .25em; border-radius: 3px; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 600; padding-bottom: .3rem; }
th, td { text-align: left; vertical-align: top; padding: .2rem .5rem .2rem 0; border-bottom: 1px solid var(--line); font-weight: 400; }
thead th, tfoot th, tfoot td { font-weight: 600; }
td.n, th.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; padding-right: .6rem; }
dl { margin: .3rem 0; display: grid; grid-template-columns: max-content 1fr; gap: .1rem .8rem; align-items: baseline; }
dt { color: var(--soft); }
dd { margin: 0; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
[tabindex="-1"]:focus { outline: none; }
.two code { font-size: .78em; background: none; padding: 0; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--page); padding: .3rem .6rem; }
.kicker { margin: 1.5rem 0 0; color: var(--soft); }
.verdict { border-left: .4rem solid var(--error); padding-left: .9rem; }
.verdict.not-ready { border-color: var(--failed); }
.verdict.ready { border-color: var(--passed); }
.notice { border: 2px solid var(--error); padding: .5rem .8rem; margin: .8rem 0; }
.two { display: grid; gap: 0 2.5rem; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); align-items: start; margin-top: 1rem; }
.soft, .means { color: var(--soft); font-size: .88em; }
.means { display: block; }
.plain { list-style: none; padding-left: 0; }
.plain > li { margin: .45rem 0; }
.held > li { margin: .6rem 0; padding-top: .5rem; border-top: 1px solid var(--line); }
.held > li:first-child { border: 0; }
.why { color: var(--soft); font-size: .92em; white-space: pre-line; }
.outcome { font-weight: 600; white-space: nowrap; }
.failed { color: var(--failed); } .error { color: var(--error); } .pending { color: var(--pending); }
.passed, .attested { color: var(--passed); } .waived, .not_applicable, .not_run { color: var(--quiet); }
.pass { color: var(--passed); } .fail { color: var(--failed); }
#filter { display: flex; flex-wrap: wrap; gap: .5rem .6rem; align-items: end; padding: .7rem 0; background: var(--page);
  border-bottom: 1px solid var(--line); }
#filter[hidden] { display: none; }
#filter label { display: grid; font-size: .85rem; color: var(--soft); }
#filter input, #filter select, #filter button { font: inherit; font-size: .95rem; color: var(--ink); background: var(--page);
  border: 1px solid var(--soft); border-radius: 4px; padding: .25rem .5rem; min-height: 2.2rem; max-width: 100%; }
#filter select { max-width: 12rem; }
#filter input { width: 11rem; }
#filter p { margin: 0 0 .4rem auto; }
.item { border-bottom: 1px solid var(--line); }
.item > summary { display: grid; grid-template-columns: 1.2rem 3.6rem minmax(0, 1fr) max-content; gap: .1rem .6rem;
  padding: .4rem .2rem; cursor: pointer; list-style: none; }
.item > summary::-webkit-details-marker { display: none; }
.item > summary:hover, .item[open] > summary { background: var(--shade); }
.item > summary .why { grid-column: 3 / -1; }
.item .id { font-variant-numeric: tabular-nums; color: var(--soft); }
.item .state { text-align: right; }
.item .severity { color: var(--soft); font-size: .88em; margin-right: .7rem; }
.item .severity.critical { color: var(--ink); font-weight: 600; }
.box { width: 1.05rem; height: 1.05rem; margin-top: .22rem; border: 1.5px solid currentColor; border-radius: 2px; line-height: .9rem;
  text-align: center; font-size: .9em; font-weight: 700; }
.d1 { padding-left: 1.4rem; } .d2 { padding-left: 2.8rem; } .d3 { padding-left: 4.2rem; }
.body { padding: .3rem .2rem 1rem 6rem; }
.verdicts { list-style: none; padding: 0; }
.verdicts > li { border-left: 3px solid var(--line); padding: .1rem 0 .1rem .8rem; margin: .6rem 0; }
.verdicts > li.v-fail { border-color: var(--failed); } .verdicts > li.v-error { border-color: var(--error); }
.verdicts p, .remedy { white-space: pre-line; }
.group > summary { cursor: pointer; padding: .25rem 0; }
@media screen { .out { display: none; } }
@media screen and (min-width: 60rem) { #filter { position: sticky; top: 0; z-index: 1; } .item, .section { scroll-margin-top: 5rem; } }
@media (max-width: 44rem) {
  h1 { font-size: 1.35rem; }
  .two { grid-template-columns: minmax(0, 1fr); }
  .item > summary { grid-template-columns: 1.2rem minmax(0, 1fr) max-content; }
  .item .id { grid-column: 2; } .item .state { grid-column: 3; grid-row: 1; } .item .title { grid-column: 2 / -1; }
  .item > summary .why { grid-column: 2 / -1; }
  th, td, td.n, th.n { font-size: .82rem; padding-right: .15rem; }
  .d1 { padding-left: .8rem; } .d2, .d3 { padding-left: 1.6rem; }
  .body { padding-left: 1.8rem; }
  .verdicts dl { grid-template-columns: minmax(0, 1fr); } .verdicts dd { margin-bottom: .3rem; }
}
@media print {
  :root { color-scheme: light; --page: #fff; --ink: #000; --soft: #333; --line: #999; --shade: #fff; --link: #000;
    --failed: #000; --error: #000; --pending: #000; --passed: #000; --quiet: #333; }
  @page { margin: 14mm 12mm 16mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; } }
  body { max-width: none; padding: 0; font-size: 9.5pt; line-height: 1.35; }
  nav, #filter, .skip { display: none; }
  a { text-decoration: none; }
  h1 { font-size: 15pt; } h2 { font-size: 12.5pt; margin-top: 1.2rem; } h3 { font-size: 10.5pt; margin-top: .8rem; }
  h2, h3, h4 { break-after: avoid; }
  .item, .held > li, .verdicts > li, tr { break-inside: avoid; }
  .item[open] { break-inside: auto; }
  .item > summary { padding: .15rem 0; break-after: avoid; }
  .verdict, .notice { border-color: #000; }
  .group::details-content { content-visibility: visible; display: block; block-size: auto; }
}
"""

PARTIAL_STYLE = """
@media print { @page { @top-center { content: "PARTIAL: this run did not look at everything"; font: bold 9pt sans-serif; } } }
"""
