// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.behaviour;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kernel.lwp.fixture.User;
import kernel.lwp.kernel.Kernel;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.LwpFlag;
import kernel.lwp.proc.Proc;
import kernel.lwp.signal.Signal;

/** What can be asked about an LWP, the process, and a cell of memory. */
final class Questions {
    private static final Pattern BETWEEN = Pattern.compile("is between (\\S+) and (\\S+)");
    private static final int CELL_BYTES = 32;

    private final Stage stage;
    private final Memory memory;
    private final Kernel kernel;

    Questions(Stage stage, Memory memory, Kernel kernel) {
        this.stage = stage;
        this.memory = memory;
        this.kernel = kernel;
    }

    String answer(String subject, String question) {
        if (subject.equals("process")) {
            return ofProcess(question);
        }
        return subject.startsWith("@") ? ofCell(subject, question) : ofActor(stage.actor(subject), question);
    }

    private String ofActor(Actor actor, String question) {
        if (question.equals("result")) {
            stage.settle(actor);
            return actor.outcome();
        }
        Lwp l = actor.lwp();
        return switch (question) {
            case "ran" -> actor.ran() ? "yes" : "no";
            case "ticks" -> Long.toString(actor.ticks());
            case "runs" -> actor.stuck() ? "no" : "yes";
            case "state" -> actor.state();
            case "flags" -> flags(l.flags());
            case "detached" -> l.detached() ? "yes" : "no";
            case "name" -> l.name() == null ? "none" : "\"" + l.name() + "\"";
            case "handled" -> actor.handled().isEmpty() ? "none" : String.join(" ", actor.handled());
            case "pending" -> signals(l.pendingSignals());
            case "mask" -> "0x" + Long.toHexString(l.signalMask());
            case "signal stack" -> l.signals().stack().available()
                    ? "0x" + Long.toHexString(l.signals().stack().bytes()) + " bytes" : "none";
            case "private" -> "0x" + Long.toHexString(l.privatePointer());
            case "thread register" -> "0x" + Long.toHexString(l.registers().tls);
            case "lid" -> Integer.toString(l.lid());
            case "lid is pid" -> l.lid() == l.pid() ? "yes" : "no";
            case "waits for" -> Integer.toString(l.waitingFor());
            case "waiter" -> Integer.toString(l.waiter());
            case "parked" -> l.parked() ? "yes" : "no";
            case "queued" -> l.sleepQueue() == null ? "no" : "yes";
            case "wait channel is the lwp" -> l.waitChannel() == l.channel() ? "yes" : "no";
            case "control block" -> l.controlAddress() == 0 ? "no" : "yes";
            case "lc_curcpu" -> stage.read(user -> Integer.toString(user.load(l.controlAddress())));
            case "lc_curcpu is its cpu" ->
                stage.read(user -> user.load(l.controlAddress()) == l.cpu().id() ? "yes" : "no");
            case "lc_pctr" -> stage.read(user -> Integer.toString(user.load(l.controlAddress() + Integer.BYTES)));
            default -> throw new IllegalArgumentException("an LWP cannot be asked for " + question);
        };
    }

    private static String flags(int flags) {
        List<String> names = new ArrayList<>();
        if ((flags & LwpFlag.LW_WSUSPEND) != 0) {
            names.add("LW_WSUSPEND");
        }
        if ((flags & LwpFlag.LW_CANCELLED) != 0) {
            names.add("LW_CANCELLED");
        }
        if ((flags & LwpFlag.LW_UNPARKED) != 0) {
            names.add("LW_UNPARKED");
        }
        if ((flags & LwpFlag.LW_PENDSIG) != 0) {
            names.add("LW_PENDSIG");
        }
        return names.isEmpty() ? "none" : String.join(" ", names);
    }

    private static String signals(long set) {
        List<String> names = new ArrayList<>();
        for (long rest = set; rest != 0; rest &= rest - 1) {
            names.add(Signal.name(Long.numberOfTrailingZeros(rest) + 1));
        }
        return names.isEmpty() ? "none" : String.join(" ", names);
    }

    private String ofProcess(String question) {
        Proc p = stage.process();
        return switch (question) {
            case "events" -> stage.takeEvents();
            case "p_nlwps" -> Integer.toString(p.lwpCount());
            case "p_nzlwps" -> Integer.toString(p.zombieCount());
            case "p_nrlwps" -> Integer.toString(p.runnableCount());
            case "p_ndlwps" -> Integer.toString(p.detachedCount());
            case "p_nlwpwait" -> Integer.toString(p.waiterCount());
            case "threads of its user" -> Integer.toString(kernel.processes().threadsOf(p.uid()));
            case "end" -> p.state() != Proc.State.GONE && p.state() != Proc.State.ZOMBIE ? "none"
                    : p.exitSignal() == 0 ? "status " + p.exitStatus()
                    : Signal.name(p.exitSignal());
            default -> throw new IllegalArgumentException("a process cannot be asked for " + question);
        };
    }

    private String ofCell(String name, String question) {
        long at = memory.cell(name);
        Matcher between = BETWEEN.matcher(question);
        if (between.matches()) {
            long low = Words.duration(between.group(1));
            long high = Words.duration(between.group(2));
            return stage.read(user -> low <= user.timeAt(at) && user.timeAt(at) <= high ? "yes" : "no");
        }
        return switch (question) {
            case "int" -> stage.read(user -> Integer.toString(user.load(at)));
            case "time" -> stage.read(user -> seconds(user.loadLong(at), user.loadLong(at + Long.BYTES)));
            case "points at control block of" -> stage.read(user -> owner(user.loadLong(at)));
            case "text" -> stage.read(user -> text(user, at));
            default -> throw new IllegalArgumentException("a cell cannot be asked for " + question);
        };
    }

    private String owner(long block) {
        return stage.actors().values().stream().filter(a -> a.lwp().controlAddress() == block)
                .map(a -> Integer.toString(a.lwp().lid())).findFirst().orElse("nobody");
    }

    private static String seconds(long seconds, long nanos) {
        return nanos == 0 ? seconds + "s" : seconds + "s " + nanos + "ns";
    }

    private static String text(User user, long at) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < CELL_BYTES; i++) {
            int c = user.load(at + i) & 0xff;
            if (c == 0) {
                break;
            }
            text.append((char) c);
        }
        return text.append('"').toString();
    }
}
