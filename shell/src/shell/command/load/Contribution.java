// SPDX-License-Identifier: BSD-2-Clause
package shell.command.load;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import kernel.vm.syscall.SyscallDescriptor;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Function;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import shell.command.Command;
import userland.program.Program;

/**
 * One thing that a bundle adds to the workbench.
 *
 * @param kind slot, or {@code program}, {@code call}, {@code command}, or the type of another service
 * @param name name under which a user asks for it; empty when there is none
 * @param hiddenBy bundle that brought the same before, so that this one is not found; or null
 */
record Contribution(String kind, String name, Bundle hiddenBy) {
    private static final String SLOT = "kernel.slot";
    private static final String VARIANT = "kernel.variant";

    /** What the services of a bundle are to the workbench, sorted. */
    static List<Contribution> of(Bundle bundle, BundleContext context) {
        List<Contribution> all = new ArrayList<>();
        ServiceReference<?>[] services = bundle.getRegisteredServices();
        for (ServiceReference<?> service : services == null ? new ServiceReference<?>[0] : services) {
            Contribution plain = plain(service, context);
            all.add(new Contribution(plain.kind, plain.name, earlier(plain, service, context)));
        }
        all.sort(Comparator.comparing(Contribution::text));
        return all;
    }

    private static Contribution plain(ServiceReference<?> service, BundleContext context) {
        if (service.getProperty(SLOT) != null) {
            return new Contribution(String.valueOf(service.getProperty(SLOT)), String.valueOf(service.getProperty(VARIANT)),
                    null);
        }
        String type = ((String[]) service.getProperty(Constants.OBJECTCLASS))[0];
        boolean named = List.of(Program.class.getName(), Command.class.getName(), SyscallDescriptor.class.getName())
                .contains(type);
        if (!named) {
            return new Contribution(type.substring(type.lastIndexOf('.') + 1), "", null);
        }
        Object instance = context.getService(service);
        try {
            return switch (instance) {
                case Program program -> new Contribution("program", program.name(), null);
                case Command command -> new Contribution("command", command.name(), null);
                case SyscallDescriptor call -> new Contribution("call", call.name(), null);
                case null, default -> new Contribution(type, "", null);
            };
        } finally {
            context.ungetService(service);
        }
    }

    /** Whoever registered a service first keeps the name. */
    private static Bundle earlier(Contribution one, ServiceReference<?> service, BundleContext context) {
        if (one.name.isEmpty()) {
            return null;
        }
        long id = (Long) service.getProperty(Constants.SERVICE_ID);
        String type = ((String[]) service.getProperty(Constants.OBJECTCLASS))[0];
        for (ServiceReference<?> other : references(type, context)) {
            boolean before = (Long) other.getProperty(Constants.SERVICE_ID) < id;
            Contribution theirs = before ? plain(other, context) : null;
            if (theirs != null && theirs.kind.equals(one.kind) && theirs.name.equals(one.name)) {
                return other.getBundle();
            }
        }
        return one.kind.equals("command") ? shellsOwn(one.name, id, context) : null;
    }

    /** The commands of the shell itself are known to Gogo only. */
    private static Bundle shellsOwn(String command, long id, BundleContext context) {
        for (ServiceReference<?> function : references(Function.class.getName(), context)) {
            if (command.equals(function.getProperty(CommandProcessor.COMMAND_FUNCTION))
                    && (Long) function.getProperty(Constants.SERVICE_ID) < id) {
                return function.getBundle();
            }
        }
        return null;
    }

    private static ServiceReference<?>[] references(String type, BundleContext context) {
        try {
            ServiceReference<?>[] found = context.getAllServiceReferences(type, null);
            return found == null ? new ServiceReference<?>[0] : found;
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** For example {@code sched raffle}. */
    String text() {
        return (kind + " " + name).strip();
    }

    /** Why it is not found, with the next step; or null. */
    String problem() {
        return hiddenBy == null ? null : text() + " is there already, from bundle " + hiddenBy.getSymbolicName() + " "
                + hiddenBy.getVersion() + ", which goes first; give it another name";
    }
}
