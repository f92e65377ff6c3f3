@echo off
rem Runs Nightjar's jars on Windows: from the zip of jars (lib), or from a checkout that has been built (target\lib).
setlocal
set "home=%~dp0"
set "lib=%home%lib"
if exist "%home%pom.xml" set "lib=%home%target\lib"
if not exist "%lib%\nightjar-app-*.jar" (
  echo nightjar: there are no jars in %lib%; in a checkout, build them with: mvnw -Dfast -Dmaven.test.skip=true package 1>&2
  exit /b 69
)
set "java="
call :try "%NIGHTJAR_JAVA_HOME%"
call :try "%JAVA_HOME%"
for /f "delims=" %%j in ('where java 2^>nul') do call :try "%%~dpj.."
for /d %%p in ("%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Microsoft\jdk*" "%ProgramFiles%\Zulu\*" "%ProgramFiles%\Amazon Corretto\*" "%ProgramFiles%\BellSoft\*" "%LocalAppData%\Programs\Eclipse Adoptium\*" "%UserProfile%\.jdks\*" "%UserProfile%\scoop\apps\temurin*-jdk\current") do call :try "%%~p"
if not defined java (
  echo nightjar: needs Java 25 or newer, and found none ^(looked at NIGHTJAR_JAVA_HOME, JAVA_HOME, PATH and the usual folders^). 1>&2
  echo nightjar: install one with: winget install EclipseAdoptium.Temurin.25.JDK 1>&2
  exit /b 69
)
set "native=org.jline.terminal.ffm"
if exist "%lib%\nightjar-ffi-*.jar" set "native=%native%,dev.nightjar.ffi"
set "aot="
if exist "%home%nightjar.aot" set aot="-XX:AOTCache=%home%nightjar.aot"
"%java%" -XX:+UseSerialGC -XX:-UsePerfData -Xlog:disable %aot% %NIGHTJAR_JAVA_OPTS% --enable-native-access=%native% -p "%lib%" -m dev.nightjar.app %*
exit /b %ERRORLEVEL%

rem Takes the Java in folder %1 when it is the first of at least 25: its release file has the version.
:try
if defined java exit /b 0
if "%~1"=="" exit /b 0
if not exist "%~1\bin\java.exe" exit /b 0
if not exist "%~1\release" exit /b 0
for /f "usebackq tokens=1,2 delims==" %%a in ("%~1\release") do if "%%a"=="JAVA_VERSION" for /f "delims=.-+" %%m in ("%%~b") do if %%m GEQ 25 set "java=%~1\bin\java.exe"
exit /b 0
