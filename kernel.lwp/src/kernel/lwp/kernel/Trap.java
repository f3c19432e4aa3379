// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.kernel;

import kernel.lwp.machine.SignalInfo;
import kernel.lwp.proc.Fpu;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Processes;
import kernel.lwp.proc.UserImage;
import kernel.lwp.proc.UserReturn;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.UserMemory;
import machine.core.cost.Cost;
import machine.core.cost.CostTable;
import machine.core.engine.Cpu;
import machine.core.engine.Engine;
import machine.core.memory.PhysicalMemory;
import machine.core.mmu.Access;
import machine.core.mmu.Mmu;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The boundary between user code and the kernel: system calls, user memory accesses and user work.
 *
 * <p>Called by user code on the context of its LWP. Every method passes the user boundary: it may let other CPUs
 * run, preempt, suspend or end the LWP. When the LWP ends, the method does not return. Nothing here allocates.
 */
@ProviderType
public final class Trap {
    private final Engine engine;
    private final PhysicalMemory ram;
    private final Processes processes;
    private final UserReturn userReturn;
    private long syscallNanos;
    private long loadNanos;
    private long atomicNanos;
    private long calls;
    private SyscallListener listener;

    Trap(Processes processes) {
        this.engine = processes.engine();
        this.ram = engine.memory();
        this.processes = processes;
        this.userReturn = processes.userReturn();
    }

    void costs(CostTable table) {
        syscallNanos = table.nanos(Cost.SYSCALL);
        loadNanos = table.nanos(Cost.LOAD);
        atomicNanos = table.nanos(Cost.ATOMIC);
    }

    /** Sets who sees the calls of this kernel; null for nobody. */
    public void listener(SyscallListener next) {
        listener = next;
    }

    /** System calls made so far. */
    public long calls() {
        return calls;
    }

    /**
     * Makes a system call with the arguments in {@code l.frame()}.
     *
     * @return 0 with the value in {@code l.frame().result()}, or an errno
     */
    public int syscall(Lwp l, SyscallDescriptor call) {
        boolean observed = listener != null;
        if (observed) {
            listener.entered(l, call);
        }
        int error;
        do {
            calls++;
            Cpu cpu = engine.current();
            cpu.charge(syscallNanos);
            cpu.interleave();
            l.frame().begin();
            error = call.handler().call(l.frame());
            if (error == Errno.EJUSTRETURN) {
                l.resume();
            }
            l.signals().leaving(call, error);
            userReturn.leaveKernel(l);
            l.signals().leaving(null, 0);
            engine.current().interleave();
        } while (error == Errno.ERESTART);
        if (observed && listener != null) {
            listener.left(l, call, error);
        }
        return error;
    }

    /**
     * Forks the process; the child's only LWP runs {@code child}.
     *
     * @return 0 with the child's pid in {@code l.frame().result()}, or an errno
     */
    public int fork(Lwp l, UserImage child) {
        calls++;
        Cpu cpu = engine.current();
        cpu.charge(syscallNanos);
        cpu.interleave();
        l.frame().begin();
        int error = processes.processLife().fork(l, child);
        userReturn.leaveKernel(l);
        return error;
    }

    /** Ends the process with a status; does not return. */
    public void exit(Lwp l, int status) {
        processes.processLife().exit(l, status & 0xff, 0);
    }

    /** Works in user mode for {@code nanos} of virtual time. */
    public void compute(Lwp l, long nanos) {
        long left = nanos;
        do {
            long before = left;
            left = engine.current().computeUser(left);
            l.accounting().worked(before - left);
            if (engine.current().astPending()) {
                userReturn.leaveKernel(l);
            }
        } while (left > 0);
    }

    /**
     * Loads 1, 2, 4 or 8 bytes, zero-extended.
     *
     * <p>Like every access: a fault that cannot be resolved is a signal, and after its handler the access is made
     * again. What the TLB has is read here; the way through {@link UserMemory} is a longer chain of dependent reads.
     */
    public long load(Lwp l, long address, int bytes) {
        Cpu cpu = access(l, loadNanos);
        long pa = within(address, bytes) ? cpu.mmu().cached(address, Access.READ) : Mmu.FAULT;
        return pa != Mmu.FAULT ? get(pa, bytes) : loadSlowly(l, address, bytes);
    }

    private long get(long pa, int bytes) {
        return switch (bytes) {
            case 1 -> ram.get8(pa);
            case 2 -> ram.get16(pa);
            case 4 -> ram.get32(pa) & 0xffff_ffffL;
            default -> ram.get64(pa);
        };
    }

    /** The load that the TLB alone could not make. */
    private long loadSlowly(Lwp l, long address, int bytes) {
        UserMemory memory = l.frame().memory();
        while (true) {
            int error = switch (bytes) {
                case 1 -> memory.load8(address);
                case 2 -> memory.load16(address);
                case 4 -> memory.load32(address);
                default -> memory.load64(address);
            };
            if (error == 0) {
                return memory.value();
            }
            fault(l);
            access(l, loadNanos);
        }
    }

    private static boolean within(long address, int bytes) {
        return (address & PhysicalMemory.PAGE_SIZE - 1) <= PhysicalMemory.PAGE_SIZE - bytes;
    }

    /** Stores 1, 2, 4 or 8 bytes. */
    public void store(Lwp l, long address, int bytes, long value) {
        Cpu cpu = access(l, loadNanos);
        long pa = within(address, bytes) ? cpu.mmu().cached(address, Access.WRITE) : Mmu.FAULT;
        if (pa == Mmu.FAULT) {
            storeSlowly(l, address, bytes, value);
            return;
        }
        switch (bytes) {
            case 1 -> ram.put8(pa, (int) value);
            case 2 -> ram.put16(pa, (int) value);
            case 4 -> ram.put32(pa, (int) value);
            default -> ram.put64(pa, value);
        }
    }

    /** The store that the TLB alone could not make. */
    private void storeSlowly(Lwp l, long address, int bytes, long value) {
        UserMemory memory = l.frame().memory();
        while (true) {
            int error = switch (bytes) {
                case 1 -> memory.store8(address, (int) value);
                case 2 -> memory.store16(address, (int) value);
                case 4 -> memory.store32(address, (int) value);
                default -> memory.store64(address, value);
            };
            if (error == 0) {
                return;
            }
            fault(l);
            access(l, loadNanos);
        }
    }

    /** Compares and swaps 32 bits; returns what was there before. */
    public int cas32(Lwp l, long address, int expected, int next) {
        access(l, atomicNanos);
        while (l.frame().memory().cas32(address, expected, next) != 0) {
            fault(l);
        }
        return (int) l.frame().memory().value();
    }

    /** Compares and swaps 64 bits; returns what was there before. */
    public long cas64(Lwp l, long address, long expected, long next) {
        access(l, atomicNanos);
        while (l.frame().memory().cas64(address, expected, next) != 0) {
            fault(l);
        }
        return l.frame().memory().value();
    }

    /** Stores 32 bits and returns what was there before. */
    public int swap32(Lwp l, long address, int next) {
        access(l, atomicNanos);
        while (l.frame().memory().swap32(address, next) != 0) {
            fault(l);
        }
        return (int) l.frame().memory().value();
    }

    /** Fetches an instruction: the page must be executable. */
    public void fetch(Lwp l, long address) {
        while (l.frame().memory().fetch(address) != 0) {
            fault(l);
        }
    }

    /** 64 bits of a floating-point register; see {@link Fpu#load}. */
    public long loadFloat(Lwp l, int register, int half) {
        access(l, 0);
        return processes.fpu().load(l, register, half);
    }

    /** Sets 64 bits of a floating-point register. */
    public void storeFloat(Lwp l, int register, int half, long bits) {
        access(l, 0);
        processes.fpu().store(l, register, half, bits);
    }

    /** Work that an access is; returns the CPU that makes it. */
    private Cpu access(Lwp l, long nanos) {
        Cpu cpu = engine.current();
        if (!cpu.chargeUser(nanos)) {
            return cpu;
        }
        userReturn.leaveKernel(l);
        return engine.current();
    }

    /** trapsignal for the last failed access: returns when its handler has. */
    private void fault(Lwp l) {
        UserMemory memory = l.frame().memory();
        userReturn.fault(l, SignalInfo.fault(memory.faultSignal(), memory.faultCode(), memory.faultAddress()));
    }
}
