// SPDX-License-Identifier: BSD-2-Clause
package shell.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What the JVM does once every bundle has started: runs the verb that {@code ./kw} was given or, without
 * one, waits until the interactive shell stops the framework.
 *
 * <p>The framework's launcher calls the {@code Callable} that has the property {@code main.thread} on the
 * main thread and makes its result the exit status. Without one it would report a shell that was left in
 * the usual way as a failure.
 */
@Component(service = Callable.class, property = "main.thread:Boolean=true")
public final class Launch implements Callable<Integer> {
    private final List<String> arguments = new ArrayList<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Batch batch;

    /** Reads the arguments: {@code kw.args.count}, then {@code kw.args.0}, {@code kw.args.1} and so on. */
    @Activate
    public Launch(BundleContext context, @Reference CommandProcessor processor) {
        int count = Integer.getInteger("kw.args.count", 0);
        for (int i = 0; i < count; i++) {
            arguments.add(System.getProperty("kw.args." + i));
        }
        batch = new Batch(context, processor);
        // The listener belongs to the system bundle: it outlives an update of this one.
        Bundle system = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
        system.getBundleContext().addBundleListener((SynchronousBundleListener) event -> {
            if (event.getType() == BundleEvent.STOPPING && event.getBundle().equals(system)) {
                stopping.countDown();
            }
        });
    }

    @Override
    public Integer call() throws Exception {
        if (arguments.isEmpty()) {
            stopping.await();
            return 0;
        }
        return batch.run(arguments);
    }
}
