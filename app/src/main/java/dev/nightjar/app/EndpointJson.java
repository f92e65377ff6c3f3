package dev.nightjar.app;

import dev.nightjar.EndpointInfo;
import dev.nightjar.FormatRange;
import dev.nightjar.FormatSupport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What an endpoint can do, as JSON.
final class EndpointJson {
    private EndpointJson() {}

    static Json of(EndpointInfo info, String driver, boolean isDefault) {
        Json json = new Json()
                .with("address", info.address().toString())
                .with("driver", driver)
                .with("name", info.name())
                .with("direction", word(info.direction()))
                .with("default", isDefault)
                .with("presence", word(info.presence()));
        info.hardware().ifPresent(hardware -> json.with("hardware", hardware));
        info.clock().ifPresent(clock -> json.with("clock", clock));
        if (info.direction().renders()) {
            json.with("render", side(info.renderFormats()));
        }
        if (info.direction().captures()) {
            json.with("capture", side(info.captureFormats()));
        }
        if (!info.latency().equals(EndpointInfo.LatencyRange.UNKNOWN)) {
            json.with(
                    "periodFrames",
                    new Json()
                            .with("min", info.latency().minFrames())
                            .with("max", info.latency().maxFrames()));
        }
        return json;
    }

    private static Json side(EndpointInfo.Formats formats) {
        return new Json().with("shared", support(formats.shared())).with("exclusive", support(formats.exclusive()));
    }

    private static Json support(FormatSupport support) {
        return switch (support) {
            case FormatSupport.Offered offered ->
                new Json().with("state", "offered").with("formats", formats(offered.ranges()));
            case FormatSupport.Unknown unknown ->
                new Json().with("state", "unknown").with("why", unknown.why());
            case FormatSupport.Refused refused ->
                new Json().with("state", "refused").with("why", refused.why());
        };
    }

    private static List<Map<String, Object>> formats(List<FormatRange> ranges) {
        return ranges.stream().map(EndpointJson::range).map(Json::members).toList();
    }

    private static Json range(FormatRange range) {
        Map<String, Integer> samples = new LinkedHashMap<>();
        range.samples().forEach((sample, bits) -> samples.put(sample.label(), bits));
        Json json = new Json()
                .with("minRate", range.minRate())
                .with("maxRate", range.maxRate())
                .with("minChannels", range.minChannels())
                .with("maxChannels", range.maxChannels())
                .with("validBits", samples)
                .with("packing", word(range.packing()));
        return range.rates().isEmpty() ? json : json.with("rates", range.rates());
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
