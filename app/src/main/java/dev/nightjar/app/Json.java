package dev.nightjar.app;

import io.avaje.json.mapper.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/// JSON objects (RFC 8259) of one line, built from maps, lists, texts, numbers and truth values. Loaded only when asked
/// for.
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Map<String, Object> members = new LinkedHashMap<>();

    Json with(String name, Object value) {
        members.put(name, value instanceof Json object ? object.members : value);
        return this;
    }

    Map<String, Object> members() {
        return members;
    }

    @Override
    public String toString() {
        return MAPPER.toJson(members);
    }
}
