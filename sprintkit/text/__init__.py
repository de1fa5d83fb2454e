"""How values become words: dates, numbers, labels, escaping and cell widths, each in one module.

Imports nothing of sprintkit but `errors`. The listing of `status` loads some of these modules, so `re` and
`unicodedata` are imported inside functions, or at the top of `parsing` alone.
"""
