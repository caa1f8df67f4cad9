# SPDX-License-Identifier: GPL-3.0-or-later
"""The orchestrator of the measurements: see docs/performance.md."""
