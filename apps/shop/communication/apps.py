"""Registers the fork of Oscar's communication app."""

from oscar.apps.communication.apps import CommunicationConfig as Core

from apps.shop.quiet import QuietConfig


class CommunicationConfig(QuietConfig, Core):
    """Oscar's communication app, quiet."""

    name = "apps.shop.communication"
