package dev.sallyport.servlet;

import dev.sallyport.cors.CorsDecision;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A servlet that answers in every way in which a filter's headers have been lost. */
final class Application extends HttpServlet {
  private static final long serialVersionUID = 1L;

  final transient AtomicInteger calls = new AtomicInteger();
  final transient CopyOnWriteArrayList<String> decisions = new CopyOnWriteArrayList<>();

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (request.getDispatcherType() == DispatcherType.REQUEST) {
      calls.incrementAndGet();
      if (request.getAttribute(CorsFilter.DECISION) instanceof CorsDecision decision) {
        decisions.add(decision.outcome().name());
      }
    }
    switch (request.getDispatcherType() == DispatcherType.REQUEST
        ? request.getRequestURI()
        : request.getDispatcherType().name()) {
      case "/reset" -> {
        response.setHeader("X-Gone", "1");
        response.reset();
        response.setStatus(200);
      }
      case "/reset-buffer" -> {
        response.getWriter().write("gone");
        response.resetBuffer();
        response.setStatus(200);
      }
      case "/send-error" -> response.sendError(404);
      case "/error-page-of-409" -> response.sendError(409);
      case "/redirect" -> response.sendRedirect("/elsewhere");
      case "/throw" -> throw new ServletException("the servlet failed");
      case "/throw-unchecked" -> throw new IllegalStateException("the servlet failed");
      case "/committed-then-throw" -> {
        response.getWriter().write("begun");
        response.flushBuffer();
        throw new ServletException("the servlet failed");
      }
      case "/async" -> {
        AsyncContext async = request.startAsync();
        async.start(
            () -> {
              HttpServletResponse later = (HttpServletResponse) async.getResponse();
              later.reset();
              later.setHeader("Access-Control-Allow-Origin", "*");
              later.setStatus(202);
              async.complete();
            });
      }
      case "/async-unwrapped" -> {
        AsyncContext async = request.startAsync();
        async.start(
            () -> {
              response.setStatus(202);
              async.complete();
            });
      }
      case "/async-dispatch" -> request.startAsync().dispatch("/dispatched");
      case "/async-timeout" -> request.startAsync().setTimeout(50);
      case "/forward" -> request.getRequestDispatcher("/own").forward(request, response);
      case "/include" -> request.getRequestDispatcher("/own").include(request, response);
      case "/own" -> {
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.addHeader("access-control-allow-credentials", "true");
        response.setIntHeader("Access-Control-Max-Age", 7);
        response.addIntHeader("access-control-max-age", 8);
        response.setDateHeader("Access-Control-Allow-Headers", 0);
        response.addDateHeader("Access-Control-Allow-Methods", 0);
        response.setStatus(204);
      }
      case "/vary-set" -> response.setHeader("Vary", "Accept-Encoding");
      case "/vary-set-origin" -> response.setHeader("vary", "Accept, ORIGIN");
      case "/vary-add" -> response.addHeader("Vary", "origin");
      case "/vary-all" -> response.setHeader("Vary", "*");
      case "/vary-add-all" -> response.addHeader("Vary", "*");
      case "/vary-add-list" -> response.addHeader("vary", "Accept-Language , ORIGIN, Cookie");
      case "/vary-twice" -> {
        response.addHeader("Vary", "Accept-Encoding,Accept");
        response.addHeader("Vary", "Accept");
      }
      case "/vary-removed" -> {
        response.setHeader("Vary", "Accept");
        response.setHeader("Vary", null);
      }
      case "/async-as-it-is" -> {
        AsyncContext async = request.startAsync();
        response.setHeader("X-Original", "" + async.hasOriginalRequestAndResponse());
        async.complete();
      }
      default -> {
        response.addHeader("Vary", "Accept-Encoding");
        response.setStatus(
            request.getDispatcherType() == DispatcherType.REQUEST ? 204 : response.getStatus());
      }
    }
  }
}
