"""What is asked of a page in a browser, as scripts that run in it."""

from __future__ import annotations

RUN_AXE = """
() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
  .then(r => ({
    passes: r.passes.length,
    violations: r.violations.map(v => [v.id, v.nodes.map(n => n.html + ' ' + n.failureSummary)]),
  }))
"""

TOO_WIDE = """
() => ({
  overflow: document.documentElement.scrollWidth - innerWidth,
  elements: [...document.querySelectorAll('body *')]
    .filter(e => !e.closest('.visually-hidden, .skip, thead, svg'))
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .map(e => e.outerHTML.slice(0, 80)),
})
"""
