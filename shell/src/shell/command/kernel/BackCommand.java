// SPDX-License-Identifier: BSD-2-Clause
package shell.command.kernel;

import java.util.List;
import kernel.lwp.kernel.Kernel;
import machine.core.engine.Engine;
import machine.core.engine.Input;
import machine.core.engine.InputRecord;
import machine.core.engine.Replay;
import shell.command.Command;
import shell.command.Invocation;
import shell.command.argument.Numbers;
import shell.command.deed.Deed;
import shell.command.deed.Deeds;

/**
 * {@code back}: takes a kernel back by a number of events.
 *
 * <p>Time does not run backwards: everything that was done to the kernel is done again to a new one, up to
 * the event asked for, and that one takes its place. Equal inputs give equal events, so nobody can tell.
 */
public final class BackCommand extends Command {
    private final Kernels kernels;
    private final Deeds deeds;

    public BackCommand(Kernels kernels, Deeds deeds) {
        super("kernel", "back", "takes the kernel back by a number of events");
        this.kernels = kernels;
        this.deeds = deeds;
        takes("[N]", 0, 1);
        example("back 10");
        details("It replays what was done so far; a trace ends, and what comes later is forgotten. It goes back further"
                + " than asked where several events belong to one step.");
    }

    @Override
    public Object run(Invocation in) {
        int count = in.has(0) ? Numbers.natural(in.text(0), "a number of events") : 1;
        Booted before = kernels.current();
        Running.checkPaused(before.kernel());
        long now = before.kernel().ask(engine -> engine.events().count());
        if (count > now) {
            throw new IllegalArgumentException("there are only " + now + " events to go back");
        }
        replace(before, now - count);
        Kernel kernel = kernels.kernel();
        return RunResult.now(kernel, "limit", "");
    }

    /** Events of one step cannot be parted: the kernel stops before the first step that goes past the target. */
    private void replace(Booted before, long target) {
        List<InputRecord> recording = before.recording();
        long lastEvent = target;
        while (!replaced(before, recording, lastEvent, target)) {
            lastEvent--;
        }
    }

    private boolean replaced(Booted before, List<InputRecord> recording, long lastEvent, long target) {
        Kernel fresh = kernels.factory().boot(before.kernel().config());
        try {
            List<InputRecord> past = fresh.ask(engine -> replay(fresh, engine, recording, lastEvent));
            boolean farEnough = fresh.ask(engine -> engine.events().count()) <= target;
            if (farEnough) {
                kernels.replace(before, fresh, past);
            } else {
                fresh.close();
            }
            return farEnough;
        } catch (RuntimeException e) {
            fresh.close();
            throw new IllegalStateException("going back failed, nothing has changed: " + e.getMessage(), e);
        }
    }

    private List<InputRecord> replay(Kernel fresh, Engine engine, List<InputRecord> recording, long lastEvent) {
        if (engine.events().count() > lastEvent) {
            throw new IllegalStateException("event " + lastEvent + " is part of booting");
        }
        return Replay.upTo(engine, recording, text -> input(fresh, text), lastEvent);
    }

    private Input<?> input(Kernel fresh, String text) {
        Deed<?> deed = deeds.read(text);
        return Input.of(text, engine -> deed.apply(fresh));
    }
}
