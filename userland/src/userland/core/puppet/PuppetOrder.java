// SPDX-License-Identifier: BSD-2-Clause
package userland.core.puppet;

import java.util.List;
import kernel.lwp.proc.Lwp;
import kernel.sched.task.TaskState;
import kernel.vm.syscall.SyscallDescriptor;
import kernel.vm.syscall.SyscallFrame;
import kernel.vm.syscall.UserMemory;
import userland.core.process.LwpUser;
import userland.core.process.UserSignals;
import userland.program.UserFunction;
import userland.puppet.PuppetArgument;
import userland.puppet.PuppetCall;

/** An order and what came of it. */
abstract class PuppetOrder implements PuppetCall {
    private final PuppetSeat seat;
    private boolean finished;

    PuppetOrder(PuppetSeat seat) {
        this.seat = seat;
    }

    /** Carries it out as user code of the LWP. */
    abstract void act(LwpUser user);

    final void carryOut(LwpUser user) {
        try {
            act(user);
        } finally {
            // A setcontext that leads elsewhere leaves by an error; the order is over then, too.
            finished = true;
        }
    }

    final boolean open() {
        return !finished;
    }

    @Override
    public final State state() {
        if (finished) {
            return State.FINISHED;
        }
        if (!seat.alive()) {
            return State.EXITED;
        }
        TaskState now = seat.lwp().state();
        boolean still = now == TaskState.LSSLEEP || now == TaskState.LSSTOP || now == TaskState.LSSUSPENDED;
        return still ? State.ASLEEP : State.RUNNING;
    }

    @Override
    public final int pid() {
        return seat.lwp().pid();
    }

    @Override
    public final int lid() {
        return seat.lwp().lid();
    }

    @Override
    public final String waitMessage() {
        return state() == State.ASLEEP ? seat.lwp().waitMessage() : null;
    }

    @Override
    public SyscallDescriptor descriptor() {
        return null;
    }

    @Override
    public long argument(int index) {
        return 0;
    }

    @Override
    public long value() {
        return 0;
    }

    @Override
    public int errno() {
        return 0;
    }

    @Override
    public byte[] memory(int index) {
        return null;
    }

    @Override
    public byte[] bytes() {
        return null;
    }

    @Override
    public int faultSignal() {
        return 0;
    }

    @Override
    public long faultAddress() {
        return 0;
    }

    /** A system call. */
    static final class Call extends PuppetOrder {
        private static final int STACK_BYTES = 4096;

        private final SyscallDescriptor call;
        private final List<PuppetArgument> arguments;
        private final UserFunction puppet;
        private final long[] words = new long[SyscallFrame.MAX_ARGUMENTS];
        private final byte[][] memory = new byte[SyscallFrame.MAX_ARGUMENTS][];
        private long value;
        private int errno;

        /** @param puppet what a new puppet LWP executes */
        Call(PuppetSeat seat, SyscallDescriptor call, List<PuppetArgument> arguments, UserFunction puppet) {
            super(seat);
            this.call = call;
            this.arguments = List.copyOf(arguments);
            this.puppet = puppet;
        }

        @Override
        void act(LwpUser user) {
            for (int i = 0; i < arguments.size(); i++) {
                words[i] = place(user, arguments.get(i));
            }
            Lwp lwp = user.lwp();
            for (int i = 0; i < words.length; i++) {
                lwp.frame().set(i, words[i]);
            }
            errno = lwp.trap().syscall(lwp, call);
            value = errno == 0 ? lwp.frame().result() : -1;
            for (int i = 0; i < arguments.size(); i++) {
                memory[i] = fetch(user, i);
            }
        }

        private long place(LwpUser user, PuppetArgument argument) {
            return switch (argument) {
                case PuppetArgument.Word word -> word.value();
                case PuppetArgument.Data data -> {
                    long address = user.allocate(data.bytes().length);
                    user.write(address, data.bytes(), 0, data.bytes().length);
                    yield address;
                }
                case PuppetArgument.Out out -> user.allocate(out.bytes());
                case PuppetArgument.Action action -> {
                    long address = user.allocate(UserSignals.ACTION_BYTES);
                    user.storeAction(address, action.noted() ? user.handlerAddress(Puppet.NOTE) : action.handler(),
                            action.flags(), action.mask());
                    yield address;
                }
                case PuppetArgument.Trampoline unused -> user.trampolineAddress();
                case PuppetArgument.NewStack stack -> {
                    long address = user.allocate(UserSignals.STACK_T_BYTES);
                    user.storeStack(address, stack.bytes() == 0 ? 0 : user.allocate(stack.bytes()), stack.bytes());
                    yield address;
                }
                case PuppetArgument.NewContext unused -> {
                    long address = user.allocate(user.contextBytes());
                    long stack = user.allocate(STACK_BYTES);
                    user.makeContext(address, puppet, 0, stack, STACK_BYTES);
                    yield address;
                }
            };
        }

        private byte[] fetch(LwpUser user, int index) {
            int length = switch (arguments.get(index)) {
                case PuppetArgument.Data data -> data.bytes().length;
                case PuppetArgument.Out out -> out.bytes();
                default -> -1;
            };
            if (length < 0) {
                return null;
            }
            byte[] bytes = new byte[length];
            // The call may have unmapped it; that must not kill the puppet.
            return user.lwp().frame().memory().copyin(words[index], bytes, 0, length) == 0 ? bytes : null;
        }

        @Override
        public SyscallDescriptor descriptor() {
            return call;
        }

        @Override
        public long argument(int index) {
            return words[index];
        }

        @Override
        public long value() {
            return value;
        }

        @Override
        public int errno() {
            return errno;
        }

        @Override
        public byte[] memory(int index) {
            return memory[index];
        }
    }

    /** A load or store. */
    static final class Access extends PuppetOrder {
        private final long address;
        private final byte[] bytes;
        private final boolean store;
        private int faultSignal;
        private long faultAddress;

        Access(PuppetSeat seat, long address, byte[] bytes, boolean store) {
            super(seat);
            this.address = address;
            this.bytes = bytes;
            this.store = store;
        }

        @Override
        void act(LwpUser user) {
            UserMemory memory = user.lwp().frame().memory();
            int error = store ? memory.copyout(bytes, 0, bytes.length, address)
                    : memory.copyin(address, bytes, 0, bytes.length);
            if (error != 0) {
                faultSignal = memory.faultSignal();
                faultAddress = memory.faultAddress();
            }
        }

        @Override
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public int faultSignal() {
            return faultSignal;
        }

        @Override
        public long faultAddress() {
            return faultAddress;
        }
    }
}
