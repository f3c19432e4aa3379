// SPDX-License-Identifier: BSD-2-Clause
package shell.command.deed;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.machine.SignalInfo;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import kernel.lwp.proc.Tracing;
import kernel.vm.file.MountFlags;
import kernel.vm.object.SignalPersonality;
import kernel.lwp.kernel.QuirkChoice;
import machine.core.slot.Slot;
import machine.core.slot.SlotGuard;
import machine.core.slot.SwapRequest;
import machine.core.watchdog.EvictionReport;
import shell.command.argument.Numbers;
import shell.command.kernel.Kernels;
import shell.command.kernel.TaskName;
import shell.command.lwp.SystemCalls;
import userland.program.Programs;
import userland.puppet.PuppetCall;
import userland.puppet.PuppetControl;

/** Makes deeds, from the words of a command or from a record. */
public final class Deeds {
    private final SystemCalls calls;
    private final Supplier<Programs> programs;
    private final Supplier<PuppetControl> puppets;

    /** A deed made of its text and its effect. */
    record Plain<T>(String text, Effect<T> effect) implements Deed<T> {
        @Override
        public T apply(Kernel kernel) {
            return effect.on(kernel);
        }
    }

    /** What a deed does. */
    interface Effect<T> {
        T on(Kernel kernel);
    }

    public Deeds(SystemCalls calls, Supplier<Programs> programs, Supplier<PuppetControl> puppets) {
        this.calls = calls;
        this.programs = programs;
        this.puppets = puppets;
    }

    /** Makes a process; gives its pid. */
    public Deed<Integer> spawn(int uid, List<String> words, Consumer<String> output) {
        List<Object> line = new ArrayList<>(List.of("spawn", uid));
        line.addAll(words);
        return new Plain<>(DeedText.join(line), kernel ->
                programs.get().spawn(kernel, words.getFirst(), words.subList(1, words.size()), uid, output).pid());
    }

    /**
     * Makes a puppet LWP begin a call.
     *
     * @param words the call and its arguments
     * @throws IllegalArgumentException if they are malformed
     */
    public Deed<PuppetCall> sys(TaskName name, List<?> words) {
        SystemCalls.Prepared prepared = calls.prepare(words);
        List<Object> line = new ArrayList<>(List.of("sys", name.toString()));
        line.addAll(words);
        return new Plain<>(DeedText.join(line), kernel -> calls.begin(kernel, name, prepared));
    }

    /**
     * Sends a signal from outside; gives the label of the process or LWP.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Deed<String> kill(TaskName name, int signal) {
        return new Plain<>("kill " + name + " " + signal, kernel -> {
            Proc process = Kernels.process(kernel, name.pid());
            Lwp lwp = name.first() ? null : Kernels.lwp(kernel, name);
            kernel.processes().signals().post(process, SignalInfo.sent(signal, SignalInfo.SI_USER, 0, 0),
                    lwp == null ? 0 : lwp.lid());
            return lwp == null ? process.toString() : lwp.label();
        });
    }

    /** Traces a process; flags of {@link Tracing}. */
    public Deed<Integer> trace(int pid, int flags) {
        return new Plain<>("ptrace " + pid + " " + flags, kernel -> {
            kernel.processes().tracing().trace(Kernels.process(kernel, pid), flags);
            return flags;
        });
    }

    /** Makes a puppet process load bytes. */
    public Deed<PuppetCall> peek(int pid, long address, int length) {
        return new Plain<>("peek " + pid + " " + address + " " + length,
                kernel -> puppets.get().peek(Idle.of(kernel, puppets.get(), pid), address, length));
    }

    /** Makes a puppet process store bytes. */
    public Deed<PuppetCall> poke(int pid, long address, byte[] bytes) {
        return new Plain<>("poke " + pid + " " + address + " " + HexFormat.of().formatHex(bytes),
                kernel -> puppets.get().poke(Idle.of(kernel, puppets.get(), pid), address, bytes));
    }

    /** Switches a quirk. */
    public Deed<QuirkChoice> quirk(QuirkChoice choice) {
        return new Plain<>("quirk " + choice.quirk() + (choice.on() ? " on" : " off"), kernel -> {
            kernel.quirks().choose(choice);
            return choice;
        });
    }

    /**
     * Evicts the variant in a slot as if it had failed.
     *
     * @throws IllegalArgumentException if the slot has none that could be evicted, or nobody could take over
     */
    public static Deed<EvictionReport> evict(String slot) {
        return new Plain<>("evict " + slot, kernel -> {
            SlotGuard guard = guard(kernel, slot);
            if (!guard.hasFallback()) {
                throw new IllegalArgumentException("nobody could take over from " + guard.variant() + " in slot " + slot
                        + "; variants " + slot + " lists who there is, and who was evicted before");
            }
            guard.dismiss();
            return kernel.engine().evictions().reports().getLast();
        });
    }

    private static SlotGuard guard(Kernel kernel, String name) {
        Slot slot = kernel.slots().find(name);
        if (slot == null) {
            throw new IllegalArgumentException("there is no slot " + name + "; slots lists them");
        }
        if (slot.guard() == null || slot.guard().handle() == null) {
            throw new IllegalArgumentException("slot " + name + " has no variant with code of its own to evict; "
                    + "use puts another one in");
        }
        return slot.guard();
    }

    /** Mounts the root in another way; gives an errno. */
    public Deed<Integer> mount(int flags) {
        return new Plain<>("mount " + MountFlags.text(flags), kernel -> kernel.vm().files().mount(flags));
    }

    /** Chooses the signals that failed faults become. */
    public Deed<SignalPersonality> personality(SignalPersonality personality) {
        return new Plain<>("personality " + personality.name(), kernel -> {
            kernel.vm().context().signals(personality);
            return personality;
        });
    }

    /**
     * Makes a deed from its text.
     *
     * @throws IllegalArgumentException if it is not the text of a deed
     */
    public Deed<?> read(String text) {
        List<Object> words = DeedText.split(text);
        return switch (words.getFirst().toString()) {
            case "spawn" -> spawn(Numbers.natural(words.get(1), "uid"),
                    words.subList(2, words.size()).stream().map(Object::toString).toList(), line -> { });
            case "sys" -> sys(TaskName.parse(words.get(1).toString()), words.subList(2, words.size()));
            case "kill" -> kill(TaskName.parse(words.get(1).toString()), number(words, 2));
            case "ptrace" -> trace(number(words, 1), number(words, 2));
            case "peek" -> peek(number(words, 1), Numbers.parse(words.get(2), "address"), number(words, 3));
            case "poke" -> poke(number(words, 1), Numbers.parse(words.get(2), "address"),
                    HexFormat.of().parseHex(words.get(3).toString()));
            case "schedctl", "pset", "cpuctl", "sysctl" -> SchedulingDeeds.read(text, words);
            case "evict" -> evict(words.get(1).toString());
            case "mount" -> mount(MountFlags.parse(words.get(1).toString()));
            case "personality" -> personality(SignalPersonality.valueOf(words.get(1).toString()));
            case "quirk" -> quirk(new QuirkChoice(words.get(1).toString(), words.get(2).equals("on")));
            case "use" -> new Plain<>(text, kernel -> kernel.swap(requests(words)));
            default -> throw new IllegalArgumentException("this cannot be done again: " + text);
        };
    }

    private static int number(List<Object> words, int index) {
        return Numbers.natural(words.get(index), "number");
    }

    private static List<SwapRequest> requests(List<Object> words) {
        List<SwapRequest> requests = new ArrayList<>();
        for (int i = 1; i < words.size(); i += 2) {
            requests.add(new SwapRequest(words.get(i).toString(), words.get(i + 1).toString()));
        }
        return requests;
    }
}
