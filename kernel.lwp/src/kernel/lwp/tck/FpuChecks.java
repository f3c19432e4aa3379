// SPDX-License-Identifier: BSD-2-Clause
package kernel.lwp.tck;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import kernel.lwp.machine.FpuFormat;
import kernel.lwp.machine.Machine;
import kernel.lwp.machine.UserContext;

/** Floating-point state; nothing to check on a machine without. */
final class FpuChecks {
    private FpuChecks() {}

    static void addTo(List<ContextCheck> checks) {
        checks.add(new ContextCheck("floating-point registers lie apart in their area", FpuChecks::layout));
        checks.add(new ContextCheck("floating-point state survives a context and spoils nothing", FpuChecks::roundTrip));
        checks.add(new ContextCheck("any floating-point area can be loaded, and then stays", FpuChecks::garbage));
    }

    private static void layout(Machine machine) {
        FpuFormat format = machine.contexts().fpu();
        if (format == null) {
            return;
        }
        Expect.that(format.contextOffset() >= 0
                && format.contextOffset() + format.bytes() <= machine.contexts().size(), "the area is in the context");
        Expect.that(format.registerBytes() == 8 || format.registerBytes() == 16, "registers have 8 or 16 bytes");
        BitSet used = new BitSet();
        for (int i = 0; i < format.registers(); i++) {
            int from = format.registerOffset(i);
            int to = from + format.registerBytes();
            Expect.that(from >= 0 && to <= format.bytes(), "register " + i + " is in the area");
            Expect.that(used.get(from, to).isEmpty(), "register " + i + " has bytes of its own");
            used.set(from, to);
        }
    }

    /** A context with state, flagged as the port does it. */
    private static byte[] withState(Machine machine, byte[] image) {
        UserContext context = new UserContext();
        RegisterChecks.start(machine, context);
        context.flags |= UserContext.UC_FPU;
        byte[] bytes = new byte[machine.contexts().size()];
        machine.contexts().store(context, bytes);
        machine.contexts().fpu().store(image, bytes);
        return bytes;
    }

    private static void roundTrip(Machine machine) {
        FpuFormat format = machine.contexts().fpu();
        if (format == null) {
            return;
        }
        byte[] image = new byte[format.bytes()];
        format.initial(image);
        for (int i = 0; i < format.registers(); i++) {
            Arrays.fill(image, format.registerOffset(i), format.registerOffset(i) + format.registerBytes(), (byte) (i + 1));
        }
        byte[] bytes = withState(machine, image);
        Expect.equal(0, machine.contexts().validate(bytes, RegisterChecks.caller(machine)), "validate");
        Expect.equal(0, format.check(bytes), "check");
        UserContext after = new UserContext();
        machine.contexts().load(bytes, after);
        Expect.that((after.flags & UserContext.UC_FPU) != 0, "UC_FPU stays set");
        Expect.equal(RegisterChecks.START, after.registers().pc, "program counter beside the area");
        byte[] loaded = new byte[format.bytes()];
        format.load(bytes, loaded);
        Expect.that(Arrays.equals(image, loaded), "what was stored is loaded");
        format.enterHandler(loaded);
    }

    private static void garbage(Machine machine) {
        FpuFormat format = machine.contexts().fpu();
        if (format == null) {
            return;
        }
        Random random = new Random(2);
        for (int round = 0; round < 50; round++) {
            byte[] image = new byte[format.bytes()];
            random.nextBytes(image);
            byte[] once = new byte[format.bytes()];
            format.load(withState(machine, image), once);
            byte[] twice = new byte[format.bytes()];
            format.load(withState(machine, once), twice);
            Expect.that(Arrays.equals(once, twice), "what the registers hold can be stored and loaded again");
        }
    }
}
