package dev.nightjar;

/// A driver that stands on endpoints of other drivers and offers endpoints of its own: `layer(address +
/// address)`. It is given the resolved operands by [Driver#endpoint] and lists only endpoints that are open.
public interface Layer extends Driver {}
