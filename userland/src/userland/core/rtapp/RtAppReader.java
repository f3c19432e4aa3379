// SPDX-License-Identifier: BSD-2-Clause
package userland.core.rtapp;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import userland.core.json.JsonNode;
import userland.core.json.JsonReader;
import userland.core.text.Tally;

/**
 * Reads an rt-app file.
 *
 * <p>Keys without a counterpart are counted, never dropped; wrong types and values are errors that
 * name the line.
 */
public final class RtAppReader {
    private static final Set<String> POLICIES = Set.of("SCHED_OTHER", "SCHED_FIFO", "SCHED_RR");
    private static final int MAX_INSTANCES = 100_000;

    private final JsonAccess access;
    private final Tally unsupported = new Tally();
    private final EventReader events;
    private String defaultPolicy = "SCHED_OTHER";
    private long durationNanos = -1;

    private RtAppReader(String file) {
        access = new JsonAccess(file);
        events = new EventReader(access, unsupported);
    }

    /**
     * What the text asks for.
     *
     * @param file name for messages
     * @throws userland.core.text.InputError for malformed input
     */
    public static RtFile read(String file, String text) {
        return new RtAppReader(file).file(file, JsonReader.read(file, text));
    }

    private RtFile file(String name, JsonNode root) {
        JsonNode.Obj object = access.object("the file", root);
        JsonNode.Obj tasks = null;
        for (JsonNode.Member member : object.members()) {
            switch (member.key()) {
                case "tasks" -> tasks = access.object("tasks", member.value());
                case "global" -> global(access.object("global", member.value()));
                default -> unsupported.add("rt-app " + member.key());
            }
        }
        if (tasks == null || tasks.members().isEmpty()) {
            throw access.error(root.line(), "no \"tasks\" in the file");
        }
        List<RtTask> read = new ArrayList<>();
        for (JsonNode.Member member : tasks.members()) {
            read.add(task(member.key(), access.object(member.key(), member.value())));
        }
        return new RtFile(name, durationNanos, List.copyOf(read), unsupported.counts());
    }

    private void global(JsonNode.Obj global) {
        for (JsonNode.Member member : global.members()) {
            JsonNode value = member.value();
            switch (member.key()) {
                case "duration" -> durationNanos = access.seconds("duration", value);
                case "default_policy" -> defaultPolicy = policy(value);
                case "calibration" -> {
                    // Virtual CPUs all have the same speed: a microsecond of load is one of virtual time.
                }
                default -> {
                    if (!(value instanceof JsonNode.Bool flag) || flag.value()) {
                        unsupported.add("rt-app global." + member.key());
                    }
                }
            }
        }
    }

    private String policy(JsonNode value) {
        String policy = access.string("policy", value);
        if (POLICIES.contains(policy)) {
            return policy;
        }
        unsupported.add("rt-app policy " + policy);
        return "SCHED_OTHER";
    }

    private RtTask task(String name, JsonNode.Obj body) {
        Settings settings = new Settings(-1);
        List<RtEvent> plain = new ArrayList<>();
        List<RtPhase> phases = null;
        for (JsonNode.Member member : body.members()) {
            if (member.key().equals("phases")) {
                phases = phases(name, access.object("phases", member.value()));
            } else if (!settings.take(member)) {
                addEvent(name, member, plain);
            }
        }
        if (phases == null) {
            phases = List.of(new RtPhase("", 1, RtScheduling.UNCHANGED, List.copyOf(plain)));
        } else if (!plain.isEmpty()) {
            throw access.error(body.line(), "task \"" + name + "\" has both \"phases\" and events beside them");
        }
        RtTask task = new RtTask(name, settings.instances, settings.loop, settings.delayNanos,
                settings.scheduling(defaultPolicy), phases);
        refuseEmptyEndlessLoop(body, task);
        return task;
    }

    /** A loop for ever around nothing would never let virtual time pass. */
    private void refuseEmptyEndlessLoop(JsonNode.Obj body, RtTask task) {
        boolean empty = task.phases().stream().allMatch(phase -> phase.events().isEmpty());
        if (!task.ends() && empty) {
            throw access.error(body.line(), "task \"" + task.name() + "\" loops for ever and does nothing");
        }
    }

    private List<RtPhase> phases(String task, JsonNode.Obj body) {
        List<RtPhase> phases = new ArrayList<>();
        for (JsonNode.Member member : body.members()) {
            Settings settings = new Settings(1);
            List<RtEvent> list = new ArrayList<>();
            JsonNode.Obj phase = access.object(member.key(), member.value());
            for (JsonNode.Member inner : phase.members()) {
                if (!settings.take(inner)) {
                    addEvent(task, inner, list);
                }
            }
            if (settings.loop < 0 && list.isEmpty()) {
                throw access.error(phase.line(), "phase \"" + member.key() + "\" loops for ever and does nothing");
            }
            phases.add(new RtPhase(member.key(), settings.loop, settings.scheduling(null), List.copyOf(list)));
        }
        return List.copyOf(phases);
    }

    private void addEvent(String task, JsonNode.Member member, List<RtEvent> list) {
        RtEvent event = events.read(task, member);
        if (event != null) {
            list.add(event);
        }
    }

    /** The keys of a task or phase that are no events. */
    private final class Settings {
        private long loop;
        private int instances = 1;
        private long delayNanos;
        private String policy;
        private Integer priority;
        private List<Integer> cpus;

        Settings(long loop) {
            this.loop = loop;
        }

        boolean take(JsonNode.Member member) {
            String key = member.key();
            JsonNode value = member.value();
            switch (key) {
                case "loop" -> loop = access.whole(key, value, -1, Long.MAX_VALUE);
                case "instance" -> instances = (int) access.whole(key, value, 0, MAX_INSTANCES);
                case "delay" -> delayNanos = access.micros(key, value);
                case "policy" -> policy = policy(value);
                case "priority" -> priority = (int) access.whole(key, value, -20, 99);
                case "cpus" -> cpus = access.cpus(key, value);
                default -> {
                    return false;
                }
            }
            return true;
        }

        RtScheduling scheduling(String fallbackPolicy) {
            return new RtScheduling(policy == null ? fallbackPolicy : policy, priority, cpus);
        }
    }
}
