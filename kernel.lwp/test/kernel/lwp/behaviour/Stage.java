// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.behaviour;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kernel.lwp.fixture.TestKernel;
import kernel.lwp.fixture.User;
import kernel.lwp.kernel.KernelConfig;
import kernel.lwp.proc.Proc;
import machine.core.engine.RunLimit;

/**
 * A kernel of one revision with a process whose LWPs play a situation.
 *
 * <p>{@code A} is the first LWP. The actors that have nothing to do compute in user mode, each on a CPU of its own as
 * long as there are enough. A call that does not return within a millisecond counts as asleep; {@code ...} behind it
 * waits for up to two seconds.
 */
final class Stage implements AutoCloseable {
    private static final long US = 1_000L;
    private static final long MS = 1_000_000L;
    private static final long SLICE_NANOS = 100 * US;
    /** How long an LWP must be off the CPU before it counts as asleep. */
    private static final long STUCK_NANOS = 1 * MS;
    /** How long an order may take. */
    private static final long WAIT_NANOS = 2000 * MS;

    private static final Pattern DOES = Pattern.compile("([A-Z]) ([a-z_0-9]+)\\((.*)\\)( \\.\\.\\.)?");
    private static final Pattern ASKED = Pattern.compile("([A-Z]|process|@[a-z]+) ([-a-z_ 0-9]+)");

    private final TestKernel kernel;
    private final Map<String, Actor> actors = new TreeMap<>();
    private final EventNotes events = new EventNotes(actors);
    private final Proc process;
    private final Deeds deeds;
    private final Questions questions;

    Stage(Situation situation, String revision) {
        this(situation, revision, TestKernel.config(revision));
    }

    Stage(Situation situation, String revision, KernelConfig config) {
        kernel = new TestKernel(config.withCpus(situation.cpus()));
        Actor first = actor("A");
        process = kernel.spawn(situation.uid(), first::live);
        Memory memory = new Memory();
        deeds = new Deeds(this, memory, revision);
        questions = new Questions(this, memory, kernel.kernel());
        kernel.kernel().engine().events().sink(events);
        runUntil(1, first::ran);
        perform("A prepare()");
    }

    /** Takes every step of the situation, and fails when something else comes out than is expected. */
    void play(Chapter chapter, Situation situation, String revision) {
        int column = situation.revisions().indexOf(revision);
        for (Step step : situation.steps()) {
            String expected = step.expectedOf(column);
            if (Step.SKIP.equals(expected)) {
                continue;
            }
            String where = chapter.file() + ":" + step.line() + " under " + revision + ": " + step.what();
            String actual;
            try {
                actual = perform(step.what());
            } catch (IllegalArgumentException e) {
                throw new AssertionError(where, e);
            }
            assertEquals(expected == null ? "0" : resolve(expected), actual, where);
        }
    }

    /** Takes one step; what came of it. */
    private String perform(String what) {
        if (what.startsWith("wait ")) {
            run(Words.duration(what.substring("wait ".length())));
            return "0";
        }
        Matcher does = DOES.matcher(what);
        if (does.matches()) {
            String outcome = tell(actor(does.group(1)), deeds.order(does.group(2), does.group(3)),
                    does.group(4) != null);
            if (does.group(2).matches("new|fork") && !does.group(3).contains("LWP_SUSPENDED")) {
                runUntil(WAIT_NANOS, actor(does.group(3).substring(0, 1))::ran);
            }
            return outcome;
        }
        Matcher asked = ASKED.matcher(what);
        if (asked.matches()) {
            return questions.answer(asked.group(1), asked.group(2));
        }
        throw new IllegalArgumentException("not understood: " + what);
    }

    /**
     * Tells an actor what to do and runs the kernel until that is done, or goes nowhere.
     *
     * @param waits whether a sleep is waited for
     */
    private String tell(Actor actor, Function<User, String> order, boolean waits) {
        actor.order(order);
        long patience = waits ? WAIT_NANOS : STUCK_NANOS;
        long stuckSince = now();
        for (long end = now() + WAIT_NANOS; actor.busy() && now() < end;) {
            runUntil(SLICE_NANOS, () -> !actor.busy());
            if (!actor.stuck()) {
                stuckSince = now();
            } else if (now() - stuckSince >= patience) {
                break;
            }
        }
        deeds.bind();
        kernel.assertSound();
        return actor.outcome();
    }

    /** Has an LWP that has nothing else to do look at memory. */
    String read(Function<User, String> look) {
        return actors.values().stream().filter(a -> a.known() && !a.busy() && !a.stuck()).findFirst()
                .map(a -> tell(a, look, false))
                .orElseThrow(() -> new IllegalArgumentException("nobody is free to look"));
    }

    private void runUntil(long nanos, BooleanSupplier done) {
        kernel.run(RunLimit.until(now() + nanos).orWhen(done));
    }

    /** Runs until an actor has finished, or is off the CPU. */
    void settle(Actor actor) {
        run(STUCK_NANOS);
        runUntil(WAIT_NANOS, () -> !actor.busy() || actor.stuck());
    }

    private void run(long nanos) {
        kernel.run(RunLimit.until(now() + nanos));
        kernel.assertSound();
    }

    private long now() {
        return kernel.kernel().engine().nowNanos();
    }

    /** What the kernel logged about the actors since the last time. */
    String takeEvents() {
        return events.take();
    }

    /** The actor of a name, made when first named. */
    Actor actor(String name) {
        return actors.computeIfAbsent(name, Actor::new);
    }

    /** All actors by name. */
    Map<String, Actor> actors() {
        return actors;
    }

    /** The process that the actors belong to. */
    Proc process() {
        return process;
    }

    /** What is expected, with the names of LWPs replaced by their ids. */
    private String resolve(String expected) {
        return expected.matches("[A-Z]") ? Integer.toString(actor(expected).lwp().lid()) : expected;
    }

    @Override
    public void close() {
        kernel.close();
    }
}
