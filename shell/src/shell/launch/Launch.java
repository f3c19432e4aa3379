// SPDX-License-Identifier: BSD-2-Clause
package shell.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Runs the verb that {@code ./kw} was given and ends the JVM with its status.
 *
 * <p>The framework's launcher calls a {@code Callable} that has the property {@code main.thread} on the
 * main thread, once every bundle has started, and makes its result the exit status.
 */
@Component(service = Callable.class, property = "main.thread:Boolean=true")
public final class Launch implements Callable<Integer> {
    private final List<String> arguments = new ArrayList<>();

    /** Reads the arguments: {@code kw.args.count}, and {@code kw.args.0} and so on. */
    @Activate
    public Launch(BundleContext context) {
        int count = Integer.getInteger("kw.args.count", 0);
        for (int i = 0; i < count; i++) {
            arguments.add(System.getProperty("kw.args." + i));
        }
    }

    @Override
    public Integer call() {
        System.out.println(arguments);
        return 0;
    }
}
