"""The journey on the page, in Chromium: `make e2e`."""
