"""How values become words: dates, numbers, labels, escaping and cell widths, each in one module.

Imports nothing of sprintkit but `errors`. The listing of `status` loads most of these modules, so all but
`date_parsing` and `value_parsing` import `re` and `unicodedata` inside functions.
"""
