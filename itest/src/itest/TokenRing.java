// SPDX-License-Identifier: BSD-2-Clause
package itest;

import kernel.lwp.kernel.SyscallTable;
import kernel.lwp.machine.UserContext;
import kernel.lwp.machine.UserContextCodec;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.UserImage;
import kernel.vm.syscall.SyscallDescriptor;

/** User code without end: LWPs hand a token around through memory, park and unpark. */
final class TokenRing implements UserImage {
    private static final int MEMBERS = 8;
    private static final int TOKEN = 0;
    private static final int LIDS = 64;
    private static final int CONTEXT = 1024;
    private static final int RETRIES = 1000;
    private static final long WORK_NANOS = 20_000;

    private final SyscallTable calls;
    private long page;
    private long rounds;

    TokenRing(SyscallTable calls) {
        this.calls = calls;
    }

    long rounds() {
        return rounds;
    }

    @Override
    public void run(Lwp lwp) {
        if (lwp.registers().pc == 0) {
            page = value(lwp, "mmap", 0, 4096, 3, 0x1002, -1, 0);
            for (int i = 1; i < MEMBERS; i++) {
                create(lwp, i);
            }
            lwp.trap().store(lwp, page + LIDS, 4, value(lwp, "_lwp_self"));
        }
        member(lwp, (int) lwp.registers().argument);
    }

    /** The context belongs to one machine: if that was swapped before the call, make it again. */
    private void create(Lwp lwp, int index) {
        for (int i = 0; i < RETRIES; i++) {
            UserContextCodec codec = lwp.proc().processes().codec();
            UserContext context = new UserContext();
            codec.makeStart(context, 0x1000, index, 0, page, 4096, 0x2000);
            byte[] bytes = new byte[codec.size()];
            codec.store(context, bytes);
            for (int at = 0; at < bytes.length; at++) {
                lwp.trap().store(lwp, page + CONTEXT + at, 1, bytes[at]);
            }
            if (call(lwp, "_lwp_create", page + CONTEXT, 0x40, page + LIDS + 4L * index) == 0) {
                return;
            }
        }
        throw new AssertionError("_lwp_create keeps failing");
    }

    private void member(Lwp lwp, int index) {
        int next = (index + 1) % MEMBERS;
        for (;;) {
            while (lwp.trap().load(lwp, page + TOKEN, 4) != index) {
                call(lwp, "___lwp_park60", 3, 0, 0, 0, page, 0);
            }
            lwp.trap().compute(lwp, WORK_NANOS);
            rounds++;
            lwp.trap().store(lwp, page + TOKEN, 4, next);
            long lid = lwp.trap().load(lwp, page + LIDS + 4L * next, 4);
            call(lwp, "_lwp_unpark", lid, page);
        }
    }

    private int call(Lwp lwp, String name, long... arguments) {
        SyscallDescriptor call = calls.find(name);
        for (int i = 0; i < arguments.length; i++) {
            lwp.frame().set(i, arguments[i]);
        }
        return lwp.trap().syscall(lwp, call);
    }

    private long value(Lwp lwp, String name, long... arguments) {
        if (call(lwp, name, arguments) != 0) {
            throw new AssertionError(name + " failed");
        }
        return lwp.frame().result();
    }
}
