// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.tck;

import java.util.List;
import kernel.lwp.machine.Machine;
import kernel.lwp.machine.SiginfoWords;
import kernel.lwp.machine.SignalFrame;
import kernel.lwp.machine.SignalFrames;
import kernel.lwp.machine.TrapAbi;
import kernel.lwp.machine.UserContext;
import kernel.lwp.machine.UserRegisters;

/** Signal frames, and the system calls that are seen in them. */
final class FrameChecks {
    private static final int SIGNAL = 30;
    private static final int EINTR = 4;
    private static final long HANDLER = 0x40_8000;
    private static final int LONGEST_INSTRUCTION = 16;

    private FrameChecks() {}

    static void addTo(List<ContextCheck> checks) {
        checks.add(new ContextCheck("a signal frame lies below the stack and holds its parts", FrameChecks::frame));
        checks.add(new ContextCheck("a handler starts with its arguments", FrameChecks::handler));
        checks.add(new ContextCheck("the registers of a call show how it ended", FrameChecks::call));
    }

    private static void frame(Machine machine) {
        SignalFrames frames = machine.signalFrames();
        long first = frames.place(0x70_0000);
        for (long top = 0x70_0000; top < 0x70_0020; top++) {
            long address = frames.place(top);
            Expect.that(address + frames.size() <= top, "the frame ends below 0x" + Long.toHexString(top));
            Expect.equal(first & 7, address & 7, "alignment of the frame");
        }
        int info = frames.infoOffset();
        int context = frames.contextOffset();
        Expect.that(info >= 0 && info + SiginfoWords.BYTES <= frames.size(), "the siginfo_t is in the frame");
        Expect.that(context >= 0 && context + machine.contexts().size() <= frames.size(), "the ucontext_t is in the frame");
        Expect.that(info + SiginfoWords.BYTES <= context || context + machine.contexts().size() <= info,
                "siginfo_t and ucontext_t lie apart");
    }

    private static void handler(Machine machine) {
        SignalFrames frames = machine.signalFrames();
        long address = frames.place(0x70_0000);
        SignalFrame frame = new SignalFrame(address, SIGNAL, HANDLER, 0x40_9000, address + frames.infoOffset(),
                address + frames.contextOffset());
        UserRegisters registers = RegisterChecks.caller(machine);
        frames.link(frame, new byte[frames.size()]);
        frames.enter(frame, registers);
        Expect.equal(HANDLER, registers.pc, "program counter");
        Expect.equal(address, registers.sp, "stack pointer");
        Expect.equal(SIGNAL, registers.argument, "signal");
        Expect.equal(frame.infoAddress(), registers.secondArgument, "siginfo_t");
        Expect.equal(frame.contextAddress(), registers.thirdArgument, "ucontext_t");
    }

    private static void call(Machine machine) {
        TrapAbi traps = machine.traps();
        if (traps == null) {
            return;
        }
        byte[] bytes = RegisterChecks.start(machine, new UserContext());
        traps.enter(bytes, 478, new long[] {1, 2, 3, 4, 5, 6});
        traps.fail(bytes, EINTR);
        Expect.equal(EINTR, loaded(machine, bytes).result, "error number");
        Expect.equal(0, machine.contexts().validate(bytes, RegisterChecks.caller(machine)), "validate after a failed call");
        traps.succeed(bytes, 77, 0);
        Expect.equal(77, loaded(machine, bytes).result, "result");
        Expect.equal(machine.contexts().initialStatus(), loaded(machine, bytes).status, "status after a call that succeeded");
        traps.restart(bytes);
        long back = RegisterChecks.START - loaded(machine, bytes).pc;
        Expect.that(back > 0 && back <= LONGEST_INSTRUCTION, "the program counter moves back to the instruction: " + back);
    }

    private static UserRegisters loaded(Machine machine, byte[] bytes) {
        UserContext context = new UserContext();
        machine.contexts().load(bytes, context);
        return context.registers();
    }
}
