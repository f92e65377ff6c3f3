package dev.nightjar;

/// A change of the endpoints of a driver, told on a control thread.
public sealed interface EndpointEvent {
    /// The endpoint that it is about.
    Endpoint endpoint();

    /// An endpoint came, or came back.
    record Added(Endpoint endpoint) implements EndpointEvent {}

    /// An endpoint went; streams on it are lost.
    record Removed(Endpoint endpoint) implements EndpointEvent {}

    /// The default of a direction and role is another endpoint now.
    record DefaultMoved(Endpoint endpoint, Direction direction, Role role) implements EndpointEvent {}

    /// The formats that an endpoint takes are others now; running streams get a new generation.
    record FormatChanged(Endpoint endpoint) implements EndpointEvent {}
}
