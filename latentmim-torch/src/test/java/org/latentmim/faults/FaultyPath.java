package org.latentmim.faults;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;

/** A path that is like a real one in everything, but belongs to a disk that fails. */
final class FaultyPath implements InvocationHandler {

    private final Path real;
    private final FaultyDisk disk;

    private FaultyPath(Path real, FaultyDisk disk) {
        this.real = real;
        this.disk = disk;
    }

    static Path of(Path real, FaultyDisk disk) {
        return (Path) Proxy.newProxyInstance(
                FaultyPath.class.getClassLoader(), new Class<?>[] {Path.class}, new FaultyPath(real, disk));
    }

    /** Returns the real path behind one of a disk that fails, and anything else as it is. */
    static Object real(Object path) {
        return path instanceof Proxy && Proxy.getInvocationHandler(path) instanceof FaultyPath faulty ? faulty.real : path;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("getFileSystem")) {
            return disk.fileSystem();
        }
        Object[] realArguments = arguments == null ? new Object[0] : arguments.clone();
        for (int i = 0; i < realArguments.length; i++) {
            realArguments[i] = real(realArguments[i]);
        }
        try {
            Object result = method.invoke(real, realArguments);
            return result instanceof Path path ? of(path, disk) : result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
