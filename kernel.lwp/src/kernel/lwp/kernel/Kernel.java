// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import kernel.lwp.machine.SignalInfo;
import kernel.lwp.proc.Credentials;
import kernel.lwp.proc.Proc;
import kernel.lwp.proc.Processes;
import kernel.lwp.proc.UserImage;
import kernel.sched.dispatch.Dispatcher;
import kernel.vm.system.VmSystem;
import machine.core.engine.Engine;
import machine.core.engine.EngineThread;
import machine.core.engine.Input;
import machine.core.engine.RunLimit;
import machine.core.engine.RunOutcome;
import machine.core.slot.Slot;
import machine.core.slot.SlotTable;
import machine.core.slot.SwapReport;
import machine.core.slot.SwapRequest;
import machine.core.slot.VariantSource;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One kernel: an engine, what fills its slots, its memory, its processes.
 *
 * <p>All of it is confined to the engine thread. The methods of this class may be called from any thread but that
 * one: those that act are posted to the next safe point and recorded, those that give a part of the kernel give
 * it for use inside {@link #ask} or on the engine thread only.
 */
@ProviderType
public final class Kernel implements AutoCloseable {
    private final KernelConfig config;
    private final KernelParts parts;
    private final EngineThread thread;
    private final SlotChoices choices;
    private volatile Runnable whenClosed;

    Kernel(KernelConfig config, KernelParts parts, SlotChoices choices) {
        this.config = config;
        this.parts = parts;
        this.choices = choices;
        this.thread = new EngineThread("kernel", parts.engine());
    }

    /**
     * Boots a kernel.
     *
     * @param variants where its slots are filled from, now and at every swap
     * @param calls the system calls; may be shared
     * @throws IllegalArgumentException if a variant does not exist
     */
    public static Kernel boot(KernelConfig config, VariantSource variants, SyscallTable calls) {
        return new Boot(config, variants, calls).kernel();
    }

    /** A table with the system calls of the LWP and memory layers. */
    public static SyscallTable standardCalls() {
        return Boot.standardCalls();
    }

    /** What it was booted with. */
    public KernelConfig config() {
        return config;
    }

    /** Runs the engine, posts inputs, keeps their record. */
    public EngineThread thread() {
        return thread;
    }

    /** The simulated multiprocessor; engine thread only. */
    public Engine engine() {
        return parts.engine();
    }

    /** The dispatcher; engine thread only. */
    public Dispatcher dispatcher() {
        return parts.dispatcher();
    }

    /** The memory layer; engine thread only. */
    public VmSystem vm() {
        return parts.vm();
    }

    /** The process layer; engine thread only. */
    public Processes processes() {
        return parts.processes();
    }

    /** What it has counted, always in the same order; engine thread only. */
    public List<KernelCounter> counters() {
        return KernelCounters.of(this);
    }

    /** The user boundary; engine thread only. */
    public Trap trap() {
        return parts.processes().trap();
    }

    /** The system calls. */
    public SyscallTable syscalls() {
        return parts.calls();
    }

    /** The slots and what fills them; engine thread only. */
    public SlotTable slots() {
        return parts.slots();
    }

    /** What could fill the slots. */
    public VariantSource variants() {
        return parts.variants();
    }

    /** The quirks of all slots; engine thread only. */
    public KernelQuirks quirks() {
        return parts.quirks();
    }

    /** What the user chose for each slot, and what was active before. */
    public SlotChoices choices() {
        return choices;
    }

    /** Asks something that changes nothing, at the next safe point. */
    public <T> T ask(Input<T> question) {
        return thread.call(question);
    }

    /**
     * Does something at the next safe point and records it.
     *
     * @param text one line that says what, for the record
     */
    public <T> T act(String text, Input<T> action) {
        return thread.call(Input.of(text, action));
    }

    /**
     * Makes a process whose first LWP runs the image.
     *
     * @param uid real and effective user id; 0 is the superuser
     * @param name for listings and the record
     * @throws IllegalStateException if there is no memory or no id for it
     */
    public Proc spawn(UserImage image, int uid, String name) {
        return act("spawn --uid " + uid + " " + name, engine -> {
            Proc p = processes().processLife().spawn(image, Credentials.of(uid), name);
            if (p == null) {
                throw new IllegalStateException("no memory or process id left for " + name
                        + "; end a process or boot with more memory");
            }
            return p;
        });
    }

    /** Sends a signal to a process from outside; false if there is no such process. */
    public boolean kill(int pid, int signo) {
        return act("kill " + pid + " " + signo, engine -> {
            Proc p = processes().table().find(pid);
            if (p != null) {
                processes().signals().post(p, SignalInfo.sent(signo, SignalInfo.SI_USER, 0, 0), 0);
            }
            return p != null;
        });
    }

    /** All processes, zombies included, in order of pid. */
    public List<Proc> processList() {
        return ask(engine -> processes().table().all());
    }

    /**
     * Fills slots with other variants in one transaction, at the next safe point; the user's choice.
     *
     * <p>If the report's outcome is not {@code committed} nothing has changed.
     */
    public SwapReport swap(List<SwapRequest> requests) {
        return act(text(requests), engine -> {
            SwapReport report = parts.swap(requests);
            if (report.committed()) {
                choices.chosen(requests);
            }
            return report;
        });
    }

    /**
     * Fills a slot with something else because its variant goes away; not the user's choice.
     *
     * @param candidates names to try in order, but for those that were evicted; if none can take over, the slot is left
     *     vacant and the kernel stands still
     * @return the report of the swap that took place
     */
    public CompletableFuture<SwapReport> replace(String slot, List<String> candidates) {
        return thread.post(Input.of("replace " + slot + " " + String.join(" ", candidates), engine -> {
            for (String candidate : candidates) {
                if (evicted(slot, candidate)) {
                    continue;
                }
                SwapReport report = parts.swap(List.of(new SwapRequest(slot, candidate)));
                if (report.committed()) {
                    return report;
                }
            }
            return parts.swap(List.of(new SwapRequest(slot, null)));
        }));
    }

    /**
     * Says that a variant appeared: it takes a vacant slot, or the slot it was chosen for. One that was evicted is
     * forgiven: it may be another version of itself.
     *
     * @return the report, or null if the slot stays as it is
     */
    public CompletableFuture<SwapReport> offer(String slot, String variant) {
        return thread.post(Input.of("offer " + slot + " " + variant, engine -> {
            if (evicted(slot, variant)) {
                parts.slots().find(slot).guard().forgive(variant);
            }
            return welcome(slot, variant) ? parts.swap(List.of(new SwapRequest(slot, variant))) : null;
        }));
    }

    /**
     * Whether a variant failed in this kernel: it takes over from nobody until it is chosen or comes anew. Engine thread
     * only.
     */
    public boolean evicted(String slot, String variant) {
        Slot place = parts.slots().find(slot);
        return place != null && place.guard() != null && place.guard().evicted(variant);
    }

    /** Whether {@link #offer} would take or forgive the variant, as things are at the next safe point. */
    public boolean wants(String slot, String variant) {
        return ask(engine -> welcome(slot, variant) || evicted(slot, variant));
    }

    private boolean welcome(String slot, String variant) {
        Slot wanted = parts.slots().find(slot);
        if (wanted == null || variant.equals(wanted.active())) {
            return false;
        }
        return wanted.active() == null || variant.equals(choices.chosen(slot));
    }

    private static String text(List<SwapRequest> requests) {
        StringJoiner text = new StringJoiner(" ", "use ", "");
        for (SwapRequest request : requests) {
            text.add(request.slot()).add(request.variant());
        }
        return text.toString();
    }

    /** Runs as fast as the host can until the limit, and waits for it. */
    public RunOutcome run(RunLimit limit) {
        return thread.run(limit);
    }

    /** Runs in the background at {@code speed} times the wall clock. */
    public void go(double speed) {
        thread.go(speed);
    }

    /** Stops a run in the background at the next safe point. */
    public void pause() {
        thread.pause();
    }

    /**
     * Begins or ends to look for missing TLB invalidations after every operation of the page-table code.
     *
     * <p>What the kernel does stays the same, until a translation that a CPU may still use is stale: that is a panic.
     */
    public void watchTlbs(boolean on) {
        act("watch TLBs " + (on ? "on" : "off"), engine -> {
            vm().context().watchTlbs(on);
            return null;
        });
    }

    /**
     * Begins or ends to check in which order kernel locks are taken; {@link #checkInvariants} tells what was wrong.
     *
     * <p>What the kernel does stays the same.
     */
    public void watchLocks(boolean on) {
        act("watch locks " + (on ? "on" : "off"), engine -> {
            processes().sleep().watchLocks(on);
            return null;
        });
    }

    /** Checks the invariants of every floor at the next safe point; a text for each broken one. */
    public List<String> checkInvariants() {
        return ask(engine -> {
            List<String> broken = new ArrayList<>();
            check(broken);
            return broken;
        });
    }

    /** The same on the engine thread, at a safe point. */
    public void check(List<String> broken) {
        parts.check(broken);
    }

    /** Ends the kernel: its slots are vacated, all LWPs are abandoned, memory is freed. */
    @Override
    public void close() {
        try {
            ask(engine -> {
                parts.vacate();
                return null;
            });
        } catch (RuntimeException brokenOrClosed) {
            System.getLogger(Kernel.class.getName())
                    .log(System.Logger.Level.DEBUG, "the slots of an ended kernel stay filled", brokenOrClosed);
        }
        thread.close();
        Runnable action = whenClosed;
        if (action != null) {
            action.run();
        }
    }

    /** Sets what is done after the kernel was closed. */
    public void whenClosed(Runnable action) {
        whenClosed = action;
    }
}
