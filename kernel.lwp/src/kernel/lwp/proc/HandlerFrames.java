// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.proc;

import kernel.lwp.machine.SiginfoWords;
import kernel.lwp.machine.SignalFrame;
import kernel.lwp.machine.SignalFrames;
import kernel.lwp.machine.SignalInfo;
import kernel.lwp.machine.TrapAbi;
import kernel.lwp.machine.UserContext;
import kernel.lwp.machine.UserContextCodec;
import kernel.lwp.signal.Signal;
import kernel.lwp.signal.SignalAction;
import kernel.sched.errno.Errno;
import kernel.vm.syscall.SyscallDescriptor;

/**
 * Signal handlers: sendsig_siginfo and sendsig_reset of kern_sig.c, and running what they start.
 *
 * <p>A handler is a Java function that runs on top of the one it interrupts. The frame in user memory decides where
 * its LWP goes on: {@link Contexts#resume} compares it with the places where handlers interrupted the LWP and leaves
 * by a {@link Resumption} for the one it names.
 *
 * <p>DEVIATION: a program counter names a Java function, not a place in it. A handler that leaves it and the stack
 * pointer in the saved context alone goes on exactly where the function was interrupted; one that changes them goes
 * on at the start of the function they name.
 */
final class HandlerFrames {
    private static final int EXIT_TRAMPOLINE = 0xff;

    private final Processes processes;

    HandlerFrames(Processes processes) {
        this.processes = processes;
    }

    /**
     * Writes a signal frame and sets the registers so that the handler is next; a bad stack ends the process with
     * SIGILL. Called by the LWP with nothing locked; may block.
     *
     * @param returnMask the mask after the handler
     */
    void send(Lwp l, SignalInfo info, long returnMask) {
        SignalAction action = l.proc().signals.actions.of(info.signo());
        LwpSignals own = l.signals();
        boolean switches = action.has(SignalAction.SA_ONSTACK) && own.stack.available();
        SignalFrame frame;
        UserContextCodec codec;
        Encoded encoded;
        do {
            codec = processes.codec();
            frame = place(l, info, action, switches);
            encoded = encode(l, info, frame, returnMask);
            if (encoded != null && l.frame().memory().copyout(encoded.bytes, 0, encoded.bytes.length, frame.address()) != 0) {
                processes.signals().die(l, Signal.SIGILL);
            }
            // Copying may block, and the machine may be swapped meanwhile; or it failed, and has a successor.
        } while (codec != processes.codec());
        own.push(new Interruption(l, frame, codec.size(), returnMask, encoded.pc));
        own.leaving(null, 0);
        l.handlerDepth++;
        processes.signalFrames().enter(frame, l.registers());
        processes.fpu().enterHandler(l);
        if (switches) {
            own.stack.active(true);
        }
        own.mask(own.mask | action.mask());
        if (action.has(SignalAction.SA_RESETHAND)) {
            l.proc().signals.actions.set(info.signo(), SignalAction.DEFAULT);
        }
        processes.log(Events.HANDLER, l.proc(), l.lid(), info.signo());
    }

    private SignalFrame place(Lwp l, SignalInfo info, SignalAction action, boolean switches) {
        SignalFrames frames = processes.signalFrames();
        long top = switches ? l.signals().stack.end() : l.registers().sp - frames.redZoneBytes();
        long address = frames.place(top) & processes.wordMask();
        return new SignalFrame(address, info.signo(), action.handler(), action.trampoline(),
                address + frames.infoOffset(), address + frames.contextOffset());
    }

    /** A frame, and the program counter in it. */
    private record Encoded(byte[] bytes, long pc) {}

    /** Null if the machine failed meanwhile: a successor has frames of its own. */
    private Encoded encode(Lwp l, SignalInfo info, SignalFrame frame, long returnMask) {
        SignalFrames frames = processes.signalFrames();
        byte[] bytes = new byte[frames.size()];
        new SiginfoWords(processes.wordBits() / Byte.SIZE).store(info, bytes, frames.infoOffset());
        UserContext context = processes.contexts().of(l);
        context.flags &= ~UserContext.UC_STACK;
        context.signalMaskLow = returnMask;
        byte[] saved = processes.contexts().encode(context);
        if (frames != processes.signalFrames()) {
            return null;
        }
        showCall(l, saved);
        System.arraycopy(saved, 0, bytes, frames.contextOffset(), saved.length);
        frames.link(frame, bytes);
        if (frames != processes.signalFrames()) {
            return null;
        }
        UserContext shown = new UserContext();
        processes.codec().load(saved, shown);
        return new Encoded(bytes, shown.registers().pc);
    }

    /** A call that the signal ends or interrupts is seen in the registers of the frame. */
    private void showCall(Lwp l, byte[] context) {
        SyscallDescriptor call = l.signals().leaving;
        TrapAbi traps = processes.machine().traps();
        if (call == null || traps == null) {
            return;
        }
        long[] arguments = new long[call.parameters().size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = l.frame().arg(i);
        }
        traps.enter(context, call.number(), arguments);
        switch (l.signals().leavingError) {
            case 0 -> traps.succeed(context, l.frame().result(), 0);
            case Errno.ERESTART -> traps.restart(context);
            default -> traps.fail(context, l.signals().leavingError);
        }
    }

    /**
     * Runs handlers until the LWP is back where it was. Called by the LWP on its way to user mode.
     *
     * @param base how many handlers the LWP was in there
     */
    void run(Lwp l, int base) {
        long[] call = new long[l.frame().words()];
        l.frame().save(call);
        do {
            try {
                SignalFrame frame = l.signals().interruption(l.handlerDepth - 1).frame();
                l.proc().image().handle(l, frame);
                returnFrom(l, frame);
            } catch (Resumption back) {
                if (l.handlerDepth < base) {
                    throw back;
                }
            }
            processes.userReturn().pass(l);
        } while (l.handlerDepth > base);
        l.frame().restore(call);
    }

    /** The trampoline of a handler whose user code has none: setcontext, and exit if that fails. */
    private void returnFrom(Lwp l, SignalFrame frame) {
        int error = Errno.ERESTART;
        while (error == Errno.ERESTART) {
            error = processes.contexts().restore(l, frame.contextAddress());
        }
        if (error == Errno.EJUSTRETURN) {
            throw new Resumption();
        }
        processes.processLife().exit(l, EXIT_TRAMPOLINE, 0);
    }
}
