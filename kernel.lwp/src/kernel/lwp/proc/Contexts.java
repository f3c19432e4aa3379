// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.lwp.machine.FpuFormat;
import kernel.lwp.machine.UserContext;
import kernel.lwp.machine.UserContextCodec;
import kernel.lwp.machine.UserRegisters;
import kernel.lwp.revision.LwpQuirk;
import kernel.lwp.signal.SignalStack;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.Resource;

/** Saving and restoring the user context of an LWP: getucontext and setucontext of kern_core.c and sys_sig.c. */
public final class Contexts {
    /** {@link Lwp#handlerDepth} of an LWP that starts anew where its registers say. */
    static final int ANEW = -1;

    private final Processes processes;

    Contexts(Processes processes) {
        this.processes = processes;
    }

    /** getucontext: the running LWP's context, with all parts. */
    public UserContext of(Lwp l) {
        LwpSignals own = l.signals();
        UserContext context = new UserContext();
        context.registers().set(l.registers());
        context.flags = UserContext.UC_CPU | UserContext.UC_TLSBASE | UserContext.UC_SIGMASK | UserContext.UC_STACK
                | (own.stack.active() ? UserContext.UC_SETSTACK : UserContext.UC_CLRSTACK);
        context.link = own.link;
        context.signalMaskLow = own.mask;
        if (own.stack.active()) {
            context.stackBase = own.stack.base();
            context.stackBytes = own.stack.bytes();
            context.stackFlags = own.stack.flags();
        } else {
            context.stackBytes = l.proc().limit(Resource.STACK);
            context.stackBase = processes.machine().limits().stackTop() - context.stackBytes;
        }
        processes.fpu().save(l, context);
        return context;
    }

    /** Sets the registers an LWP starts with: its creator's, and over them what a context has (cpu_setmcontext). */
    public void begin(Lwp creator, Lwp child, UserContext context) {
        child.registers().set(creator.registers());
        if ((context.flags & UserContext.UC_CPU) != 0) {
            setRegisters(child, context.registers());
        }
        if ((context.flags & UserContext.UC_TLSBASE) != 0) {
            setPrivate(child, context.registers().tls);
        }
        processes.fpu().inherit(creator, child);
        processes.fpu().restore(child, context);
    }

    /** Sets all but the thread pointer, and of the status register only what users may set. */
    private void setRegisters(Lwp l, UserRegisters from) {
        long tls = l.registers().tls;
        long status = processes.codec().mergeStatus(l.registers().status, from.status);
        l.registers().set(from);
        l.registers().tls = tls;
        l.registers().status = status;
    }

    /**
     * lwp_setprivate: a pointer that the machine rejects may be stored all the same.
     *
     * @return 0 or what the machine says
     */
    public int setPrivate(Lwp l, long pointer) {
        int error = processes.codec().checkPrivate(pointer);
        if (error == 0) {
            l.registers().tls = pointer;
        }
        boolean ignored = processes.quirk(LwpQuirk.PRIVATE_ERROR_IGNORED);
        if (error == 0 || ignored || processes.quirk(LwpQuirk.PRIVATE_NOT_ROLLED_BACK)) {
            l.privatePointer = pointer;
        }
        return ignored ? 0 : error;
    }

    /**
     * A context as bytes in the layout of the active machine.
     *
     * <p>If that fails meanwhile, it is the layout of its successor, without the floating-point state, which the old one
     * knew; the caller sees another codec and begins again.
     */
    public byte[] encode(UserContext context) {
        UserContextCodec first = processes.codec();
        UserContextCodec codec;
        byte[] bytes;
        do {
            codec = processes.codec();
            bytes = new byte[codec.size()];
            codec.store(context, bytes);
            if (context.fpu != null && codec == first) {
                codec.fpu().store(context.fpu, bytes);
            }
        } while (codec != processes.codec());
        return bytes;
    }

    /**
     * Decodes a context in the layout of the active machine.
     *
     * @return 0, or EINVAL when its floating-point area has a format that the machine does not know
     */
    public int decode(byte[] bytes, UserContext into) {
        UserContextCodec codec = processes.codec();
        codec.load(bytes, into);
        FpuFormat format = codec.fpu();
        if (format == null || (into.flags & UserContext.UC_FPU) == 0) {
            return 0;
        }
        int error = format.check(bytes);
        if (error == 0) {
            byte[] image = new byte[format.bytes()];
            format.load(bytes, image);
            into.fpu = codec == processes.codec() ? image : null;
        }
        return error;
    }

    /**
     * setcontext: the running LWP takes over a context in its memory. May block; nothing is locked.
     *
     * <p>A signal frame that was made before the machine was swapped has a layout that is gone; the LWP then goes on
     * where the kernel remembers that it was interrupted. Any other context of another machine is refused.
     *
     * @return EJUSTRETURN when the LWP has to leave for where its registers say, by {@link Lwp#resume}; EFAULT, EINVAL,
     *     or ERESTART when the machine was swapped meanwhile
     */
    public int restore(Lwp l, long address) {
        UserContextCodec codec = processes.codec();
        int kept = staleFrame(l, address);
        if (kept >= 0) {
            return restoreKept(l, kept);
        }
        if (l.madeContextBytes() != 0 && l.madeContextBytes() != codec.size() && frameAt(l, address) < 0) {
            return Errno.EINVAL;
        }
        byte[] bytes = new byte[codec.size()];
        int error = l.frame().memory().copyin(address, bytes, 0, bytes.length);
        if (error != 0) {
            return error;
        }
        if (codec != processes.codec()) {
            return Errno.ERESTART;
        }
        UserContext context = new UserContext();
        error = decode(bytes, context);
        boolean complete = error == 0 && (context.flags & UserContext.UC_CPU) != 0;
        int valid = complete ? codec.validate(bytes, l.registers()) : Errno.EINVAL;
        if (codec != processes.codec()) {
            // The machine failed in that, and was replaced.
            return Errno.ERESTART;
        }
        return complete ? restore(l, context, valid) : valid;
    }

    private int restore(Lwp l, UserContext context, int valid) {
        if ((context.flags & UserContext.UC_SIGMASK) != 0) {
            mask(l, context.signalMaskLow);
        }
        if (valid != 0) {
            return valid;
        }
        if (!findArgument(l, context.registers())) {
            return Errno.ERESTART;
        }
        setRegisters(l, context.registers());
        if ((context.flags & UserContext.UC_TLSBASE) != 0) {
            setPrivate(l, context.registers().tls);
        }
        l.signals().link = context.link;
        restoreStack(l.signals().stack, context);
        processes.fpu().restore(l, context);
        aim(l);
        return Errno.EJUSTRETURN;
    }

    private static void restoreStack(SignalStack stack, UserContext context) {
        if ((context.flags & UserContext.UC_SETSTACK) != 0) {
            stack.active(true);
        } else if ((context.flags & UserContext.UC_CLRSTACK) != 0) {
            stack.active(false);
        }
        if ((context.flags & UserContext.UC_STACK) != 0) {
            stack.active((context.stackFlags & SignalStack.SS_ONSTACK) != 0);
        }
    }

    private int restoreKept(Lwp l, int index) {
        Interruption interruption = l.signals().interruption(index);
        mask(l, interruption.mask());
        long status = l.registers().status;
        l.registers().set(interruption.registers());
        l.registers().status = status;
        l.fpu = processes.fpu().carried(interruption.fpu(), interruption.fpuFormat());
        l.signals().stack.active(interruption.onStack());
        leave(l, index);
        return Errno.EJUSTRETURN;
    }

    /** Sets the mask of the running LWP; what that lets through is taken at the user boundary. */
    public void mask(Lwp l, long mask) {
        l.signals().mask(mask);
        if (l.deliverable() != 0) {
            l.flags |= LwpFlag.LW_PENDSIG;
        }
    }

    /** Finds the place where a handler interrupted the LWP and to which its registers lead back, innermost first. */
    private static void aim(Lwp l) {
        for (int i = l.handlerDepth - 1; i >= 0; i--) {
            Interruption interruption = l.signals().interruption(i);
            if (interruption.isAt(l.registers())) {
                l.registers().pc = interruption.registers().pc;
                keepUnsaved(l.registers(), interruption.registers());
                leave(l, i);
                return;
            }
        }
        l.signals().cut(0);
        l.handlerDepth = ANEW;
    }

    /** Registers that not every layout has room for; nobody can have changed them. */
    private static void keepUnsaved(UserRegisters registers, UserRegisters from) {
        registers.argument = from.argument;
        registers.secondArgument = from.secondArgument;
        registers.thirdArgument = from.thirdArgument;
        registers.returnAddress = from.returnAddress;
    }

    private static void leave(Lwp l, int index) {
        l.signals().cut(index);
        l.handlerDepth = index;
    }

    /** Index of the interruption whose frame holds that context, or -1. */
    private static int frameAt(Lwp l, long address) {
        for (int i = l.handlerDepth - 1; i >= 0; i--) {
            if (l.signals().interruption(i).frame().contextAddress() == address) {
                return i;
            }
        }
        return -1;
    }

    private int staleFrame(Lwp l, long address) {
        int index = frameAt(l, address);
        boolean stale = index >= 0 && l.signals().interruption(index).contextBytes() != processes.codec().size();
        return stale ? index : -1;
    }

    /**
     * Reads the argument of a function that is about to start from its stack into its register role, where a machine
     * swap finds it.
     *
     * <p>DEVIATION: the function would read it when it starts. A bad stack is left for the function to find.
     *
     * @return false if the machine was swapped meanwhile
     */
    public boolean findArgument(Lwp l, UserRegisters registers) {
        UserContextCodec codec = processes.codec();
        if (codec.stackArgumentOffset() < 0) {
            return true;
        }
        if (l.frame().memory().load32(registers.sp + codec.stackArgumentOffset()) == 0) {
            registers.argument = l.frame().memory().value() & 0xffff_ffffL;
        }
        return codec == processes.codec();
    }
}
