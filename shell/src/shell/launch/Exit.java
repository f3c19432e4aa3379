// SPDX-License-Identifier: BSD-2-Clause
package shell.launch;

import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Leaves the interactive shell. Scripts have an {@code exit} of their own, which takes a status. */
@Component(property = {"osgi.command.scope=kernel", "osgi.command.function=exit", "osgi.command.function=quit"})
public final class Exit implements Function {
    private final BundleContext context;

    @Activate
    public Exit(BundleContext context) {
        this.context = context;
    }

    @Override
    public Object execute(CommandSession session, List<Object> arguments) throws BundleException {
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).stop();
        return null;
    }
}
