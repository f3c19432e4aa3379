// SPDX-License-Identifier: BSD-2-Clause
package userland.core.rtapp;

import userland.core.json.JsonNode;
import userland.core.text.Tally;

/** Reads the event keys of a phase. */
final class EventReader {
    /** Known names; a key may carry a counter: {@code run0}, {@code lock_b}. */
    private static final String[] NAMES = {"runtime", "run", "sleep", "timer", "lock", "unlock", "wait", "signal",
        "broad", "sync", "barrier", "suspend", "resume", "yield", "mem", "sem_post", "sem_wait"};
    /** Known in rt-app and not here. */
    private static final String[] UNSUPPORTED = {"iorun", "memrun", "fork"};

    private final JsonAccess access;
    private final Tally unsupported;

    EventReader(JsonAccess access, Tally unsupported) {
        this.access = access;
        this.unsupported = unsupported;
    }

    /** The event of a member, or null when it is none that we have (which is then counted). */
    RtEvent read(String task, JsonNode.Member member) {
        String name = match(NAMES, member.key());
        if (name == null) {
            String known = match(UNSUPPORTED, member.key());
            unsupported.add("rt-app " + (known == null ? member.key() : known));
            return null;
        }
        String key = member.key();
        JsonNode value = member.value();
        return switch (name) {
            case "run" -> new RtEvent.Run(access.micros(key, value));
            case "runtime" -> new RtEvent.Runtime(access.micros(key, value));
            case "sleep" -> new RtEvent.Sleep(access.micros(key, value));
            case "timer" -> timer(key, value);
            case "lock" -> new RtEvent.Lock(access.reference(key, value));
            case "unlock" -> new RtEvent.Unlock(access.reference(key, value));
            case "signal" -> new RtEvent.Signal(access.reference(key, value));
            case "broad" -> new RtEvent.Broadcast(access.reference(key, value));
            case "wait" -> {
                JsonNode.Obj object = access.object(key, value);
                yield new RtEvent.Wait(access.required(key, object, "ref"), access.required(key, object, "mutex"));
            }
            case "sync" -> {
                JsonNode.Obj object = access.object(key, value);
                yield new RtEvent.Sync(access.required(key, object, "ref"), access.required(key, object, "mutex"));
            }
            case "barrier" -> new RtEvent.Barrier(access.reference(key, value));
            case "suspend" -> new RtEvent.Suspend(ownUnlessNamed(task, key, value));
            case "resume" -> new RtEvent.Resume(ownUnlessNamed(task, key, value));
            case "yield" -> new RtEvent.Yield();
            case "mem" -> new RtEvent.Memory(access.whole(key, value, 0, 1L << 40));
            case "sem_post" -> new RtEvent.SemaphorePost(access.reference(key, value));
            default -> new RtEvent.SemaphoreWait(access.reference(key, value));
        };
    }

    private String ownUnlessNamed(String task, String key, JsonNode value) {
        return value instanceof JsonNode.Null ? task : access.reference(key, value);
    }

    private RtEvent timer(String key, JsonNode value) {
        JsonNode.Obj object = access.object(key, value);
        String ref = access.required(key, object, "ref");
        long period = access.micros(key + ".period", access.requiredNode(key, object, "period"));
        JsonNode mode = object.last("mode");
        boolean absolute = mode != null && isAbsolute(key, mode);
        return new RtEvent.Timer(ref.startsWith("unique") ? null : ref, period, absolute);
    }

    private boolean isAbsolute(String key, JsonNode mode) {
        return switch (access.string(key + ".mode", mode)) {
            case "absolute" -> true;
            case "relative" -> false;
            default -> throw access.error(mode.line(), "\"" + key + ".mode\" must be \"relative\" or \"absolute\"");
        };
    }

    private static String match(String[] names, String key) {
        for (String name : names) {
            if (key.startsWith(name) && (key.length() == name.length()
                    || !Character.isLetter(key.charAt(name.length())) && !key.startsWith("_", name.length())
                    || key.startsWith("_", name.length()) && isCounter(key, name.length() + 1))) {
                return name;
            }
        }
        return null;
    }

    /** An underscore suffix must be one character or digits, so that {@code mem_buffer_size} is no {@code mem}. */
    private static boolean isCounter(String key, int from) {
        return key.length() == from + 1
                || key.length() > from && key.substring(from).chars().allMatch(Character::isDigit);
    }
}
