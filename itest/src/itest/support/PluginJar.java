// SPDX-License-Identifier: BSD-2-Clause
package itest.support;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;

/**
 * A bundle as a third party would bring it, made in memory: classes of this test bundle under a name of their own.
 *
 * <p>In the framework they are other classes than those here, with a class loader that can go away.
 */
public final class PluginJar {
    private final Manifest manifest = new Manifest();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    /** Starts a bundle that imports these packages. */
    public PluginJar(String symbolicName, String version, String imports) {
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        main.putValue(Constants.BUNDLE_SYMBOLICNAME, symbolicName);
        main.putValue(Constants.BUNDLE_VERSION, version);
        main.putValue(Constants.IMPORT_PACKAGE, imports);
    }

    /** Puts a class in. */
    public PluginJar with(Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
            entries.put(name, in.readAllBytes());
        }
        return this;
    }

    /** Says something more in the manifest. */
    public PluginJar withHeader(String name, String value) {
        manifest.getMainAttributes().putValue(name, value);
        return this;
    }

    /** Says that it brings a service. */
    public PluginJar providing(String service) {
        return withHeader(Constants.PROVIDE_CAPABILITY, "osgi.service;objectClass:List<String>=\"" + service + "\"");
    }

    /** Declares a component that fills a slot, as the annotations of a plug-in project would. */
    public PluginJar withVariant(Class<?> type, Class<?> service, String slot, String variant) throws IOException {
        with(type).providing(service.getName());
        return component(type.getSimpleName(), """
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="%1$s">
                  <property name="kernel.slot" value="%3$s"/>
                  <property name="kernel.variant" value="%4$s"/>
                  <service scope="prototype">
                    <provide interface="%2$s"/>
                  </service>
                  <implementation class="%1$s"/>
                </scr:component>
                """.formatted(type.getName(), service.getName(), slot, variant));
    }

    /** Declares a component that is a service, one object for each user. */
    public PluginJar withService(Class<?> type, Class<?> service) throws IOException {
        with(type);
        return component(type.getSimpleName(), """
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="%1$s">
                  <service scope="prototype">
                    <provide interface="%2$s"/>
                  </service>
                  <implementation class="%1$s"/>
                </scr:component>
                """.formatted(type.getName(), service.getName()));
    }

    private PluginJar component(String name, String xml) {
        String path = "OSGI-INF/" + name + ".xml";
        entries.put(path, xml.getBytes(StandardCharsets.UTF_8));
        manifest.getMainAttributes().merge(new Attributes.Name("Service-Component"), path, (a, b) -> a + "," + b);
        return this;
    }

    /** Names the class that the framework starts. */
    public PluginJar withActivator(Class<?> type) throws IOException {
        manifest.getMainAttributes().putValue(Constants.BUNDLE_ACTIVATOR, type.getName());
        return with(type);
    }

    public InputStream open() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
                jar.closeEntry();
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
