"""The wizard's screens and dialogs, one a file. A screen knows no other screen and not the app: it posts messages.

The steps and their screens are listed in `oneroster_wizard.steps`; each screen is imported when it is first shown.
"""
