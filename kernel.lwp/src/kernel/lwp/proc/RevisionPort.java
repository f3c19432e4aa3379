// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import java.util.List;
import kernel.lwp.machine.UserContext;
import kernel.lwp.machine.UserContextCodec;
import kernel.lwp.machine.UserRegisters;
import kernel.lwp.revision.LwpRevision;
import kernel.lwp.revision.LwpRevisionHost;
import kernel.lwp.revision.ParkRequest;
import kernel.lwp.revision.WaitScan;
import kernel.sched.sleep.SleepQueue;
import kernel.sched.task.TaskState;
import machine.core.slot.SlotGuard;
import machine.core.watchdog.EvictionReport;
import machine.core.watchdog.Guard;

/**
 * The only way from the core to the active revision: every call is guarded, and what it answers is checked.
 *
 * <p>A revision only decides and keeps a queue, and the core has the locks. So one that fails is evicted in the middle of
 * the system call, and the call goes on with what its successor says.
 *
 * <p>A class of its own so that the JIT can be told not to inline it (docs/swap.md): compiled code of a revision
 * inlined into a frame in which an LWP sleeps would keep the revision's class loader alive.
 */
@Guard
final class RevisionPort extends RevisionConstants {
    private final Processes processes;
    private final ParkTime parkTime = new ParkTime();
    private SlotGuard guard;
    private LwpRevision active;

    RevisionPort(Processes processes) {
        this.processes = processes;
    }

    void guard(SlotGuard next) {
        guard = next;
    }

    @Override
    protected SlotGuard guard() {
        return guard;
    }

    @Override
    protected LwpRevision called() {
        return active;
    }

    LwpRevision active() {
        return active;
    }

    void install(LwpRevision next) {
        facts(RevisionFacts.of(next));
        active = next;
    }

    private void wrong(EvictionReport.Kind kind, String callback, String problem) {
        guard.evict(kind, callback, problem);
    }

    @Override
    public void attach(LwpRevisionHost host) {
        tell("attach", called -> called.attach(host));
    }

    @Override
    public boolean provides(String call) {
        return ask("provides", called -> called.provides(call));
    }

    @Override
    public int allocateLid(Proc p) {
        while (true) {
            LwpRevision called = active;
            int outer = guard.enter();
            try {
                int lid = called.allocateLid(p);
                guard.exit(outer);
                if (lid == 0 || lid > 0 && p.anyLwp(lid) == null) {
                    guard.decisions().record("allocateLid", p.pid(), lid);
                    return lid;
                }
                processes.dropClaim();
                wrong(lid < 0 ? EvictionReport.Kind.RULE : EvictionReport.Kind.DUPLICATE, "allocateLid",
                        "it gave id " + lid + " to a new LWP of process " + p.pid()
                                + (lid < 0 ? "" : ", where another LWP has it"));
            } catch (Throwable e) {
                processes.dropClaim();
                guard.threw("allocateLid", outer, e, active == called);
            }
        }
    }

    @Override
    public int creationBarrier(Proc p) {
        return ask("creationBarrier", called -> called.creationBarrier(p));
    }

    @Override
    public int suspensionBarrier(Proc p) {
        return ask("suspensionBarrier", called -> called.suspensionBarrier(p));
    }

    @Override
    public int checkContext(UserContext context, byte[] bytes, UserContextCodec codec, UserRegisters current) {
        return ask("checkContext", called -> called.checkContext(context, bytes, codec, current));
    }

    /** A successor starts the LWP only if that has not happened yet. */
    @Override
    public void start(Lwp creator, Lwp child, int flags) {
        while (child.state() == TaskState.LSIDL) {
            LwpRevision called = active;
            int outer = guard.enter();
            try {
                called.start(creator, child, flags);
                guard.exit(outer);
                if (child.state() == TaskState.LSIDL) {
                    wrong(EvictionReport.Kind.LOST, "start", "it did not start LWP " + child);
                }
            } catch (Throwable e) {
                guard.threw("start", outer, e, active == called);
            }
        }
        guard.decisions().record("start", child.pid(), child.lid());
    }

    @Override
    public int scan(WaitScan scan) {
        while (true) {
            LwpRevision called = active;
            scan.found = null;
            int outer = guard.enter();
            try {
                int answer = called.scan(scan);
                guard.exit(outer);
                String problem = ScanRules.problem(scan, answer);
                if (problem == null) {
                    guard.decisions().record("scan", scan.waiter.pid(), scan.waiter.lid());
                    return answer;
                }
                wrong(EvictionReport.Kind.RULE, "scan", problem);
            } catch (Throwable e) {
                guard.threw("scan", outer, e, active == called);
            }
        }
    }

    @Override
    public int parkTimeout(ParkRequest request) {
        parkTime.keep(request);
        while (true) {
            LwpRevision called = active;
            int outer = guard.enter();
            try {
                int error = called.parkTimeout(request);
                guard.exit(outer);
                if (error != 0 || request.ticks > 0) {
                    return error;
                }
                wrong(EvictionReport.Kind.RULE, "parkTimeout", "it made a timeout of " + request.ticks + " ticks");
            } catch (Throwable e) {
                guard.threw("parkTimeout", outer, e, active == called);
            }
            parkTime.restore(request);
        }
    }

    @Override
    public SleepQueue parkQueue(Proc p, long hint) {
        while (true) {
            LwpRevision called = active;
            int outer = guard.enter();
            try {
                SleepQueue queue = called.parkQueue(p, hint);
                guard.exit(outer);
                return queue;
            } catch (Throwable e) {
                guard.threw("parkQueue", outer, e, active == called);
            }
        }
    }

    @Override
    public long parkChannel(Lwp l, long hint) {
        while (true) {
            LwpRevision called = active;
            int outer = guard.enter();
            try {
                long channel = called.parkChannel(l, hint);
                guard.exit(outer);
                if (channel != 0) {
                    return channel;
                }
                wrong(EvictionReport.Kind.RULE, "parkChannel", "it has no channel for LWP " + l);
            } catch (Throwable e) {
                guard.threw("parkChannel", outer, e, active == called);
            }
        }
    }

    /** Says of every unpark that succeeds whether the LWP it was for is awake. */
    @Override
    public int unpark(Proc p, int lid, long hint, boolean locked) {
        Lwp target = p.anyLwp(lid);
        boolean asleep = target != null && target.parked();
        while (true) {
            LwpRevision called = active;
            int outer = guard.enter();
            try {
                int answer = called.unpark(p, lid, hint, locked);
                guard.exit(outer);
                boolean impossible = answer < 0 && (answer != UNPARK_NEEDS_LOCK || locked);
                if (!impossible && !(asleep && answer == 0 && target.parked())) {
                    guard.decisions().record("unpark", p.pid(), lid);
                    return answer;
                }
                if (impossible) {
                    wrong(EvictionReport.Kind.RULE, "unpark", "it answered " + answer + " for LWP " + p.pid() + "." + lid);
                } else {
                    wrong(EvictionReport.Kind.LOST, "unpark", "it says that it woke LWP " + target
                            + ", which is still parked");
                }
            } catch (Throwable e) {
                guard.threw("unpark", outer, e, active == called);
            }
        }
    }

    @Override
    public long nameBytes(long callerBytes) {
        while (true) {
            LwpRevision called = active;
            int outer = guard.enter();
            try {
                long bytes = called.nameBytes(callerBytes);
                guard.exit(outer);
                return bytes;
            } catch (Throwable e) {
                guard.threw("nameBytes", outer, e, active == called);
            }
        }
    }

    @Override
    public void exportParked(Lwp l) {
        tell("exportParked", called -> called.exportParked(l));
    }

    @Override
    public void importParked(Lwp l) {
        tell("importParked", called -> called.importParked(l));
    }

    @Override
    public void check(List<String> broken) {
        tell("check", called -> called.check(broken));
    }
}
