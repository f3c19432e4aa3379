// SPDX-License-Identifier: BSD-2-Clause
package kernel.vm.errno;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Arguments of a call and what holds around it: {@code name=value} sets, {@code name+value} adds bits.
 *
 * @param all in the order in which they were written
 */
record Settings(List<Setting> all) {
    private static final Pattern SETTING = Pattern.compile("([A-Za-z_]+)([=+])(.+)");

    /** One of them. */
    record Setting(String name, boolean adds, String value) {
        @Override
        public String toString() {
            return name + (adds ? "+" : "=") + value;
        }
    }

    /** Reads settings that are separated by blanks. */
    static Settings read(String text) {
        return text.isBlank() ? new Settings(List.of())
                : new Settings(Arrays.stream(text.strip().split(" +")).map(Settings::setting).toList());
    }

    private static Setting setting(String text) {
        Matcher m = SETTING.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("neither NAME=VALUE nor NAME+VALUE: " + text);
        }
        return new Setting(m.group(1), m.group(2).equals("+"), m.group(3));
    }

    /** Whether both set the same thing to different values, so that not both can be the case. */
    boolean contradicts(Settings other) {
        return all.stream().filter(s -> !s.adds()).anyMatch(s -> other.all.stream()
                .anyMatch(o -> !o.adds() && o.name().equals(s.name()) && !o.value().equals(s.value())));
    }

    /** These, with others on top of them; what adds bits comes last. */
    Settings and(Settings others) {
        List<Setting> both = new ArrayList<>(all);
        both.addAll(others.all);
        both.sort(Comparator.comparing(Setting::adds));
        return new Settings(both);
    }

    /** The last value that something is set to, or null. */
    String value(String name) {
        return all.stream().filter(s -> !s.adds() && s.name().equals(name)).reduce((first, last) -> last)
                .map(Setting::value).orElse(null);
    }

    @Override
    public String toString() {
        return String.join(" ", all.stream().map(Setting::toString).toList());
    }
}
