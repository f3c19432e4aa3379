// SPDX-License-Identifier: BSD-2-Clause
package userland.core.puppet;

import java.util.List;
import kernel.lwp.machine.SiginfoWords;
import kernel.lwp.machine.SignalInfo;
import kernel.lwp.proc.Lwp;
import kernel.lwp.proc.Proc;
import kernel.lwp.signal.Signal;
import kernel.vm.syscall.SyscallDescriptor;
import org.osgi.service.component.annotations.Component;
import userland.core.process.LwpUser;
import userland.core.process.ProcessImage;
import userland.program.Program;
import userland.program.SignalHandler;
import userland.program.User;
import userland.program.UserFunction;
import userland.puppet.PuppetArgument;
import userland.puppet.PuppetCall;
import userland.puppet.PuppetControl;

/** The program whose LWPs do what they are told, and the telling. */
@Component
public final class Puppet implements Program, PuppetControl {
    /** The handler of puppets: says what came. */
    static final SignalHandler NOTE = (user, signal, info, context) -> {
        byte[] bytes = new byte[SiginfoWords.BYTES];
        user.read(info, bytes, 0, bytes.length);
        SignalInfo about = new SiginfoWords(((LwpUser) user).wordBytes()).load(bytes, 0);
        user.print(user.pid() + "." + user.lid() + " took " + Signal.name(signal) + (about.address() != 0
                ? " at 0x" + Long.toHexString(about.address()) : " from " + about.pid()));
    };

    /** One function for all puppet LWPs of all processes: it keeps nothing itself. */
    private final UserFunction puppet = (user, argument) -> serve((LwpUser) user);

    @Override
    public String name() {
        return "puppet";
    }

    @Override
    public String description() {
        return "its LWPs make the system calls that the shell's sys command names";
    }

    @Override
    public int main(User user, String[] args) {
        if (args.length > 0) {
            throw new IllegalArgumentException("takes no arguments");
        }
        serve((LwpUser) user);
        return 0;
    }

    private static void serve(LwpUser user) {
        ((ProcessImage) user.lwp().proc().image()).seats().of(user.lwp()).serve(user);
    }

    @Override
    public boolean isPuppet(Lwp lwp) {
        return seats(lwp.proc()) != null && seats(lwp.proc()).of(lwp).alive();
    }

    @Override
    public PuppetCall call(Lwp lwp, SyscallDescriptor call, List<PuppetArgument> arguments) {
        if (arguments.size() > call.parameters().size()) {
            throw new IllegalArgumentException(call.name() + " takes " + call.parameters().size()
                    + " arguments, not " + arguments.size());
        }
        PuppetSeat seat = ready(lwp);
        return give(seat, new PuppetOrder.Call(seat, call, arguments, puppet));
    }

    @Override
    public PuppetCall peek(Lwp lwp, long address, int bytes) {
        PuppetSeat seat = ready(lwp);
        return give(seat, new PuppetOrder.Access(seat, address, new byte[bytes], false));
    }

    @Override
    public PuppetCall poke(Lwp lwp, long address, byte[] bytes) {
        PuppetSeat seat = ready(lwp);
        return give(seat, new PuppetOrder.Access(seat, address, bytes.clone(), true));
    }

    @Override
    public PuppetCall last(Proc process, int lid) {
        PuppetSeat seat = seats(process) == null ? null : seats(process).find(lid);
        return seat == null ? null : seat.order();
    }

    @Override
    public Lwp idle(Proc process) {
        Lwp found = null;
        for (Lwp lwp = process.newestLwp(); lwp != null && seats(process) != null; lwp = lwp.nextInProcess()) {
            PuppetSeat seat = seats(process).of(lwp);
            boolean idle = seat.alive() && !seat.busy();
            found = idle && (found == null || lwp.lid() < found.lid()) ? lwp : found;
        }
        return found;
    }

    private static PuppetCall give(PuppetSeat seat, PuppetOrder order) {
        seat.take(order);
        return order;
    }

    /** The seats of a puppet process; null for any other. */
    private static PuppetSeats seats(Proc process) {
        boolean puppet = process.image() instanceof ProcessImage image && image.program() instanceof Puppet;
        return puppet ? ((ProcessImage) process.image()).seats() : null;
    }

    private static PuppetSeat ready(Lwp lwp) {
        if (seats(lwp.proc()) == null) {
            throw new IllegalStateException("process " + lwp.proc() + " takes no orders: it runs "
                    + lwp.proc().name() + "; spawn puppet makes one that does");
        }
        PuppetSeat seat = seats(lwp.proc()).of(lwp);
        if (!seat.alive()) {
            throw new IllegalStateException("LWP " + lwp.label() + " has exited");
        }
        if (seat.busy()) {
            throw new IllegalStateException("LWP " + lwp.label() + " is still in "
                    + (seat.order().descriptor() == null ? "its last access" : seat.order().descriptor().name())
                    + "; wake it, or run the kernel until it returns");
        }
        return seat;
    }
}
