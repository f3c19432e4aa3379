// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import kernel.lwp.machine.FpuFormat;
import kernel.lwp.machine.UserContext;
import machine.core.cost.Cost;
import machine.core.cost.CostTable;
import machine.core.engine.Cpu;
import machine.core.engine.Engine;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The floating-point registers of LWPs: each has a save area of its own, made when it first writes one.
 *
 * <p>On machines that load them lazily (NetBSD's subr_pcu.c on ARM) a CPU keeps the registers of the LWP that used them
 * last, and the first use by another LWP traps. Elsewhere a switch exchanges them (x86 since 2018).
 */
@ProviderType
public final class Fpu {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int NOBODY = -1;

    private final Engine engine;
    /** Whose registers a CPU holds: serial numbers of LWPs. */
    private final long[] owners;
    private FpuFormat format;
    private long trapNanos;

    Fpu(Engine engine) {
        this.engine = engine;
        owners = new long[engine.cpuCount()];
        Arrays.fill(owners, NOBODY);
    }

    /** A machine becomes active; no CPU holds anything then. */
    void machine(FpuFormat next, CostTable costs) {
        format = next;
        trapNanos = costs.nanos(Cost.SOFT_FAULT);
        Arrays.fill(owners, NOBODY);
    }

    /** The layout of the active machine, or null if it has no floating-point registers. */
    public FpuFormat format() {
        return format;
    }

    /**
     * 64 bits of a register of the running LWP, as user code reads it.
     *
     * @param half 0 for the low 64 bits, 1 for the high ones
     * @throws IllegalArgumentException if the machine has no such register
     */
    public long load(Lwp l, int register, int half) {
        int at = use(l, register, half);
        return l.fpu == null ? 0 : (long) LONG.get(l.fpu, at);
    }

    /** Sets 64 bits of a register, likewise. */
    public void store(Lwp l, int register, int half, long bits) {
        int at = use(l, register, half);
        if (l.fpu == null) {
            l.fpu = fresh();
        }
        LONG.set(l.fpu, at, bits);
    }

    private int use(Lwp l, int register, int half) {
        int registers = format == null ? 0 : format.registers();
        if (register < 0 || register >= registers || half < 0 || half >= format.registerBytes() / Long.BYTES) {
            throw new IllegalArgumentException("there is no half " + half + " of floating-point register " + register
                    + "; this machine has " + registers
                    + (format == null ? "" : " of " + format.registerBytes() + " bytes"));
        }
        if (format.lazy()) {
            trap(l);
        }
        return format.registerOffset(register) + half * Long.BYTES;
    }

    private void trap(Lwp l) {
        Cpu cpu = engine.current();
        if (owners[cpu.id()] == l.serial()) {
            return;
        }
        drop(l);
        owners[cpu.id()] = l.serial();
        if (l.fpu == null) {
            l.fpu = fresh();
        }
        cpu.charge(trapNanos);
    }

    private byte[] fresh() {
        byte[] image = new byte[format.bytes()];
        format.initial(image);
        return image;
    }

    /** A new LWP begins with the state of its creator (cpu_lwp_fork). */
    void inherit(Lwp creator, Lwp child) {
        child.fpu = creator.fpu == null ? null : creator.fpu.clone();
    }

    /** Puts the state of an LWP into its context, with its flag. */
    void save(Lwp l, UserContext context) {
        if (format != null && (l.fpu != null || !format.lazy())) {
            context.flags |= UserContext.UC_FPU;
            context.fpu = l.fpu == null ? fresh() : l.fpu.clone();
        }
    }

    /** The LWP takes over the state of a context, if it has one that this machine knows. */
    void restore(Lwp l, UserContext context) {
        if (context.fpu != null && format != null && context.fpu.length == format.bytes()) {
            l.fpu = context.fpu;
            drop(l);
        }
    }

    /** What a handler starts with. */
    void enterHandler(Lwp l) {
        if (l.fpu != null) {
            format.enterHandler(l.fpu);
        }
    }

    /** The machine is swapped: registers keep their numbers and as many low bytes as both machines have. */
    public void swapped(Lwp l, FpuFormat before) {
        l.fpu = carried(l.fpu, before);
    }

    /** A state that was saved in another layout. */
    byte[] carried(byte[] image, FpuFormat before) {
        if (image == null || before == format) {
            return image;
        }
        if (format == null) {
            return null;
        }
        byte[] made = fresh();
        int bytes = Math.min(before.registerBytes(), format.registerBytes());
        for (int i = 0; i < Math.min(before.registers(), format.registers()); i++) {
            System.arraycopy(image, before.registerOffset(i), made, format.registerOffset(i), bytes);
        }
        return made;
    }

    /** Nothing that a CPU holds is this LWP's any more. */
    private void drop(Lwp l) {
        for (int id = 0; id < owners.length; id++) {
            owners[id] = owners[id] == l.serial() ? NOBODY : owners[id];
        }
    }
}
