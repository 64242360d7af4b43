# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The script of the HTML report: filters, and opening what a link leads to. Without it everything is there to be read.

This is a private part of the collection.
"""

from __future__ import annotations

SCRIPT = """
(function () {
  'use strict';
  var filter = document.getElementById('filter');
  var items = Array.from(document.querySelectorAll('details.item'));
  var groups = Array.from(document.querySelectorAll('.topic, .section'));
  var fields = Array.from(filter.querySelectorAll('select, input'));
  var texts = null;

  function value(name) { return document.getElementById('filter-' + name).value; }
  function holds(chosen, own) { return chosen === '' || chosen.split(' ').indexOf(own) >= 0; }

  function apply() {
    var words = value('text').toLowerCase().split(/\\s+/).filter(Boolean);
    texts = texts || items.map(function (item) { return item.textContent.toLowerCase(); });
    var shown = 0;
    items.forEach(function (item, index) {
      var fits = holds(value('outcome'), item.dataset.outcome) && holds(value('severity'), item.dataset.severity) &&
        holds(value('section'), item.dataset.section) &&
        words.every(function (word) { return texts[index].indexOf(word) >= 0; });
      item.parentNode.classList.toggle('out', !fits);
      shown += fits ? 1 : 0;
    });
    groups.forEach(function (group) { group.classList.toggle('out', !group.querySelector('li:not(.out) > details.item')); });
    document.getElementById('filter-shown').textContent = shown + ' of ' + items.length + ' items shown';
  }

  function clear() { fields.forEach(function (field) { field.value = ''; }); apply(); }

  function setOpen(open) {
    items.forEach(function (item) { if (!item.parentNode.classList.contains('out')) { item.open = open; } });
  }

  function follow() {
    var target = document.getElementById(location.hash.slice(1));
    if (!target) { return; }
    if (target.closest('.out')) { clear(); }
    if (target.classList.contains('item')) { target.open = true; }
    target.scrollIntoView();
  }

  fields.forEach(function (field) { field.addEventListener('input', apply); });
  document.getElementById('filter-clear').addEventListener('click', clear);
  document.getElementById('filter-open').addEventListener('click', function () { setOpen(true); });
  document.getElementById('filter-close').addEventListener('click', function () { setOpen(false); });
  window.addEventListener('hashchange', follow);
  document.addEventListener('click', function (event) {
    var link = event.target.closest('a[href^="#"]');
    if (link && link.hash === location.hash) { follow(); }
  });
  filter.hidden = false;
  apply();
  follow();
})();
"""
