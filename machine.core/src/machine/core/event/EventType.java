// SPDX-License-Identifier: BSD-2-Clause
package machine.core.event;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A kind of event, such as {@code sched.switch}, with the names of its up to three values.
 *
 * <p>Immutable; declared as a constant by the code that logs it. Two types with the same name are the
 * same type.
 */
@ProviderType
public final class EventType {

    private static final int MAX_FIELDS = 3;

    private final String name;
    private final List<String> fields;
    private final long hash;

    private EventType(String name, List<String> fields) {
        this.name = name;
        this.fields = fields;
        this.hash = hashOf(name);
    }

    /**
     * Declares a type.
     *
     * @param name dotted lower-case name, for example {@code sched.switch}
     * @param fields names of the values a, b and c, at most three
     */
    public static EventType of(String name, String... fields) {
        if (name.isBlank() || fields.length > MAX_FIELDS) {
            throw new IllegalArgumentException("event type '" + name + "' needs a name and at most three fields");
        }
        return new EventType(name, List.of(fields));
    }

    /** The dotted name. */
    public String name() {
        return name;
    }

    /** Names of the values that are used, in order. */
    public List<String> fields() {
        return fields;
    }

    /** A number made of the name alone, the same in every JVM. */
    public int id() {
        return (int) (hash ^ hash >>> 32);
    }

    long hash() {
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventType that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return id();
    }

    @Override
    public String toString() {
        return name;
    }

    /** FNV-1a over the characters: unlike String.hashCode it has 64 bits. */
    private static long hashOf(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
